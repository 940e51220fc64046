/// Certificates for tests, valid for a hundred years from 2026. The keys protect nothing.
enum TestCertificates {
    /// Signed `server` and `client`.
    static let ca = """
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
    static let server = """
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
    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmRmWXWgJZKCkMjQa
        kAb73U9rbYiS0mdzBCvCdOLrb/ShRANCAAScf34qoMXnJ01AMROYK/RFNpue+Q18
        xs1rWVc4QTtLl4qWeC3lB5voNlGTj0NPsmWzXIm4+yYITuo+6XTUpwpO
        -----END PRIVATE KEY-----
        """
    /// CN=alice, O=developers.
    static let client = """
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
    static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQ0wAOjR92xeHv7/y
        2fXUFCzTN72dPEiD4tmPHxMqgDOhRANCAATmOW3xOQMsV+pSjUbOWxu9eeoCzw4/
        X8QzQH4lvaTkLzSoYTmRIUGFJrdk6rfB2fxAeqNqE5uCh1uhQrYQyaZq
        -----END PRIVATE KEY-----
        """
}
