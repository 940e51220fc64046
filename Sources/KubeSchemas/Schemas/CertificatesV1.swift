/// The types and resources of `certificates.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let certificatesV1 = #"""
        package io.k8s.api.certificates.v1
        version certificates.k8s.io v1
        resource certificatesigningrequests CertificateSigningRequest cluster singular:certificatesigningrequest short:csr
        subresource certificatesigningrequests/approval CertificateSigningRequest verbs:get,patch,update
        subresource certificatesigningrequests/status CertificateSigningRequest verbs:get,patch,update

        type CertificateSigningRequest kind  # Asks a signer for an X.509 certificate, to be approved first.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! CertificateSigningRequestSpec @2  # The request; immutable. Who made it is filled in by the server.
          status CertificateSigningRequestStatus @3  # Whether the request is approved, and the certificate.

        type CertificateSigningRequestCondition
          # One aspect of a request's state, with the time and cause of its last change.
          lastTransitionTime time @5  # When the status last changed.
          lastUpdateTime time @4  # When the condition was last written.
          message string @3  # What happened, for people.
          reason string @2  # Why the status last changed, in one CamelCase word for machines.
          status! string @6  # True, False or Unknown; only True for Approved, Denied and Failed.
          type! string @1
            # Approved or Denied (set by way of the approval subresource, excluding each other), or Failed (set by the
            # signer). None is ever removed.

        type CertificateSigningRequestList kind  # A list of CertificateSigningRequest objects.
          items! [CertificateSigningRequest] @2  # The CertificateSigningRequest objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type CertificateSigningRequestSpec  # The wanted certificate and who asked for it.
          expirationSeconds int32? @8  # Wanted lifetime in seconds, at least 600. The signer may choose another.
          extra {[string]} @6  # Further attributes of the requester; filled in by the server.
          groups [string] @4  # Groups of the requester; filled in by the server.
          request! bytes @1  # PKCS 10 request as a PEM block named CERTIFICATE REQUEST.
          signerName! string @7
            # Who should sign, such as kubernetes.io/kube-apiserver-client or kubernetes.io/kubelet-serving. Usable in
            # field selectors.
          uid string @3  # UID of the requester; filled in by the server.
          usages [string] @5
            # Wanted key usages: for clients "digital signature" and "client auth", for servers "digital signature" and
            # "server auth", and others.
          username string @2  # Name of the requester; filled in by the server.

        type CertificateSigningRequestStatus  # Whether a request is approved, and the certificate.
          certificate bytes @2
            # The issued certificate as PEM, its intermediates behind it. Set once by the signer after approval.
          conditions [CertificateSigningRequestCondition] @1 map(type)  # Approved, Denied or Failed.
        """#
}
