"""tuya-connector-python, whose endpoint is the caller's to choose."""

from tuya_connector import TuyaOpenAPI

from peer import serve

serve(TuyaOpenAPI)
