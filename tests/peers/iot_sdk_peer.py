"""tuya-iot-py-sdk, whose endpoint is the caller's to choose."""

from tuya_iot import AuthType, TuyaOpenAPI

from peer import serve


def make(auth_type, **options):
    return TuyaOpenAPI(auth_type=AuthType[auth_type], **options)


serve(make)
