/// Certificates for tests, valid for a hundred years from 2026. The keys protect nothing.
package enum TestCertificates {
    /// Signed `server` and `client`.
    package static let ca = """
        -----BEGIN CERTIFICATE-----
        MIIBjDCCATGgAwIBAgIUKgq3pguzduzaPE/K2HZhZ8jrrk8wCgYIKoZIzj0EAwIw
        EjEQMA4GA1UEAwwHdGVzdCBjYTAgFw0yNjExMjEwOTUzNTZaGA8yMTI2MTAyODA5
        NTM1NlowEjEQMA4GA1UEAwwHdGVzdCBjYTBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABDbq6AkRYghwy3rINHOtZZFVSTNvajbqt6QpujeCe3CMrMOLldMqY1iylOn2
        KGawNk2uyfIabSIlatGhSMe8aqmjYzBhMB0GA1UdDgQWBBQX877s3OK2vc/xtbEW
        G0l7lmnZ9DAfBgNVHSMEGDAWgBQX877s3OK2vc/xtbEWG0l7lmnZ9DAPBgNVHRMB
        Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAKBggqhkjOPQQDAgNJADBGAiEAse1a
        uukbKXJPc0r/ZZ+TYE0s/1VPwICFxMmtEZNKg/wCIQDkxGa31euA+KErPB4zFOXY
        KC8wDlcng552OWhgoKs5Zg==
        -----END CERTIFICATE-----
        """
    /// For localhost and 127.0.0.1.
    package static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBnTCCAUOgAwIBAgIUbs+lIehuMY0PCMk7sWJMUWvcUYIwCgYIKoZIzj0EAwIw
        EjEQMA4GA1UEAwwHdGVzdCBjYTAgFw0yNjExMjEwOTUzNTZaGA8yMTI2MTAyODA5
        NTM1NlowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEnH9+KqDF5ydNQDETmCv0RTabnvkNfMbNa1lXOEE7S5eKlngt5Qeb6DZR
        k49DT7Jls1yJuPsmCE7qPul01KcKTqNzMHEwGgYDVR0RBBMwEYIJbG9jYWxob3N0
        hwR/AAABMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQWBBRUFtLQRL2D6/3m
        Xco78WYlWsRuZjAfBgNVHSMEGDAWgBQX877s3OK2vc/xtbEWG0l7lmnZ9DAKBggq
        hkjOPQQDAgNIADBFAiEA43DspDoI9pKBjcXGpVm2uRQvHIvfDlpKrQse+xtxuc8C
        IHaQkdJ2tQfvnGR+HyjtJmaWQUgF8Pp85rDH5o6ghzI1
        -----END CERTIFICATE-----
        """
    package static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmRmWXWgJZKCkMjQa
        kAb73U9rbYiS0mdzBCvCdOLrb/ShRANCAAScf34qoMXnJ01AMROYK/RFNpue+Q18
        xs1rWVc4QTtLl4qWeC3lB5voNlGTj0NPsmWzXIm4+yYITuo+6XTUpwpO
        -----END PRIVATE KEY-----
        """
    /// Signed `otherServer` and `otherClient`; a stranger to the rest.
    package static let otherCA = """
        -----BEGIN CERTIFICATE-----
        MIIBlTCCATugAwIBAgIUcJUvayWRTWZonImXXMfQlkGr3fcwCgYIKoZIzj0EAwIw
        FzEVMBMGA1UEAwwMdGVzdCBvdGhlcmNhMCAXDTI2MTEyMTA5NTM1NloYDzIxMjYx
        MDI4MDk1MzU2WjAXMRUwEwYDVQQDDAx0ZXN0IG90aGVyY2EwWTATBgcqhkjOPQIB
        BggqhkjOPQMBBwNCAAQjIynkLj/d9z7dwVegFFi4/AwPpOTLwztHer/n4OPBqa3j
        MmT6kZ7++XBGryJljd8I9tvpxg9X8yVlTAab4+/Xo2MwYTAdBgNVHQ4EFgQUneHF
        PYb+TgaZ+e0KU9ZmWcl04nQwHwYDVR0jBBgwFoAUneHFPYb+TgaZ+e0KU9ZmWcl0
        4nQwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZIzj0EAwID
        SAAwRQIgX4jsitbB4cQmWXAiVKQOpBF3AAKu8guoUug4E9XPf8MCIQDsGGdD6zrz
        15iAX06/4GhO6ku297waxjGGto72bnQg8w==
        -----END CERTIFICATE-----
        """
    /// For localhost only, by the other CA.
    package static let otherServer = """
        -----BEGIN CERTIFICATE-----
        MIIBnDCCAUKgAwIBAgIUSIYh9sa/hWsAK9FuKFyBiFL7XGEwCgYIKoZIzj0EAwIw
        FzEVMBMGA1UEAwwMdGVzdCBvdGhlcmNhMCAXDTI2MTEyMTEwMTAyM1oYDzIxMjYx
        MDI4MTAxMDIzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggq
        hkjOPQMBBwNCAASKs/mX7s2rd+9+2wycVTvUmzbaL+vXQHx0Su0ixt1D/ntQr2i6
        hgiaoDwJmcDQGUZ8yMUdgWWZYqzGmK1QKhF7o20wazAUBgNVHREEDTALgglsb2Nh
        bGhvc3QwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYEFJaozNDdePFrTPMb
        ZB790K8ZDLLJMB8GA1UdIwQYMBaAFJ3hxT2G/k4GmfntClPWZlnJdOJ0MAoGCCqG
        SM49BAMCA0gAMEUCIDPXx7sGX9lpg6FXO1sr3BEbqTd+s+GTUCkTcgeNJwutAiEA
        7RKY8paVXBU7UPX5PFyooEH6Dp0Y/gt8Ra7XkY2crQY=
        -----END CERTIFICATE-----
        """
    package static let otherServerKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHO//Mb1fnh07QLwa
        zEDWgEJDDUxo4+1fKZpja1P3t5OhRANCAASKs/mX7s2rd+9+2wycVTvUmzbaL+vX
        QHx0Su0ixt1D/ntQr2i6hgiaoDwJmcDQGUZ8yMUdgWWZYqzGmK1QKhF7
        -----END PRIVATE KEY-----
        """
    /// CN=alice, O=developers.
    package static let client = """
        -----BEGIN CERTIFICATE-----
        MIIBkjCCATigAwIBAgIUbs+lIehuMY0PCMk7sWJMUWvcUYMwCgYIKoZIzj0EAwIw
        EjEQMA4GA1UEAwwHdGVzdCBjYTAgFw0yNjExMjEwOTUzNTdaGA8yMTI2MTAyODA5
        NTM1N1owJTETMBEGA1UECgwKZGV2ZWxvcGVyczEOMAwGA1UEAwwFYWxpY2UwWTAT
        BgcqhkjOPQIBBggqhkjOPQMBBwNCAATmOW3xOQMsV+pSjUbOWxu9eeoCzw4/X8Qz
        QH4lvaTkLzSoYTmRIUGFJrdk6rfB2fxAeqNqE5uCh1uhQrYQyaZqo1cwVTATBgNV
        HSUEDDAKBggrBgEFBQcDAjAdBgNVHQ4EFgQUIXq6fO9sGtvMnaMcmhKeTjFZsD0w
        HwYDVR0jBBgwFoAUF/O+7Nzitr3P8bWxFhtJe5Zp2fQwCgYIKoZIzj0EAwIDSAAw
        RQIhANFaKJsLVWpuR4SCyX8DB2MFJGxIw9CP1IjmFsEcVtm3AiA/wlEdv3hIlrfq
        C7cBOfblOskSgPKbvc79S7X/H/mtaQ==
        -----END CERTIFICATE-----
        """
    package static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQ0wAOjR92xeHv7/y
        2fXUFCzTN72dPEiD4tmPHxMqgDOhRANCAATmOW3xOQMsV+pSjUbOWxu9eeoCzw4/
        X8QzQH4lvaTkLzSoYTmRIUGFJrdk6rfB2fxAeqNqE5uCh1uhQrYQyaZq
        -----END PRIVATE KEY-----
        """
    /// CN=mallory, by the other CA.
    package static let otherClient = """
        -----BEGIN CERTIFICATE-----
        MIIBmTCCAT+gAwIBAgIUSIYh9sa/hWsAK9FuKFyBiFL7XGAwCgYIKoZIzj0EAwIw
        FzEVMBMGA1UEAwwMdGVzdCBvdGhlcmNhMCAXDTI2MTEyMTA5NTM1N1oYDzIxMjYx
        MDI4MDk1MzU3WjAnMRMwEQYDVQQKDApkZXZlbG9wZXJzMRAwDgYDVQQDDAdtYWxs
        b3J5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXyXeWuNmYmykZ4Mdd8YbVuof
        +bQriLHquLwcPtaTHGBFxTP+HMd3YYnJJxhJN53f4BHG2F46Ncxq7IS4VbXTjqNX
        MFUwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0OBBYEFBwhDzeaqh5v0IMrOWRm
        wxoW0schMB8GA1UdIwQYMBaAFJ3hxT2G/k4GmfntClPWZlnJdOJ0MAoGCCqGSM49
        BAMCA0gAMEUCIQDaH+V5gdB7GRzan5l2pOqhUdm/l3L5PQ5yZEkoJYVTdAIgay5A
        uh9k6X2wl5tacE/3DHGXSavEHPPOqLLwj9osNFo=
        -----END CERTIFICATE-----
        """
    package static let otherClientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIJuWI3e73C3FMaEo
        VJa3s21yR8ReibEB8fWOELmyDNShRANCAARfJd5a42ZibKRngx13xhtW6h/5tCuI
        seq4vBw+1pMcYEXFM/4cx3dhicknGEk3nd/gEcbYXjo1zGrshLhVtdOO
        -----END PRIVATE KEY-----
        """
}
