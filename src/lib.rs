//! Authorization for the Tuya IoT cloud.
