/// The types and resources of `certificates.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let certificatesV1 = #"""
        package io.k8s.api.certificates.v1
        version certificates.k8s.io v1
        resource certificatesigningrequests CertificateSigningRequest cluster singular:certificatesigningrequest short:csr
        subresource certificatesigningrequests/approval CertificateSigningRequest verbs:get,patch,update
        subresource certificatesigningrequests/status CertificateSigningRequest verbs:get,patch,update

        type CertificateSigningRequest kind
          metadata ObjectMeta @1
          spec! CertificateSigningRequestSpec @2
          status CertificateSigningRequestStatus @3

        type CertificateSigningRequestCondition
          lastTransitionTime time @5
          lastUpdateTime time @4
          message string @3
          reason string @2
          status! string @6
          type! string @1

        type CertificateSigningRequestList kind
          items! [CertificateSigningRequest] @2
          metadata ListMeta @1

        type CertificateSigningRequestSpec
          expirationSeconds int32 @8
          extra {[string]} @6
          groups [string] @4
          request! bytes @1
          signerName! string @7
          uid string @3
          usages [string] @5
          username string @2

        type CertificateSigningRequestStatus
          certificate bytes @2
          conditions [CertificateSigningRequestCondition] @1 map(type)
        """#
}
