/// The types and resources of `certificates.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let certificatesV1beta1 = #"""
        package io.k8s.api.certificates.v1beta1
        version certificates.k8s.io v1beta1
        resource clustertrustbundles ClusterTrustBundle cluster singular:clustertrustbundle
        resource podcertificaterequests PodCertificateRequest namespaced singular:podcertificaterequest
        subresource podcertificaterequests/status PodCertificateRequest verbs:get,patch,update

        type ClusterTrustBundle kind
          # Trust anchors (root certificates) for the whole cluster, which pods can mount. All service accounts may read
          # them.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! ClusterTrustBundleSpec @2  # The signer, if any, and the certificates.

        type ClusterTrustBundleList kind  # A list of ClusterTrustBundle objects.
          items! [ClusterTrustBundle] @2  # The ClusterTrustBundle objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ClusterTrustBundleSpec  # The signer and the certificates of a bundle.
          signerName string @1
            # The signer the anchors belong to, if any. The object's name then starts with it, a slash replaced by a
            # colon; writing requires the verb attest on it. Immutable.
          trustBundle! string @2  # CA certificates in PEM, without duplicates or headers. Their order has no meaning.

        type PodCertificateRequest kind
          # Asks a signer for a certificate for a pod. The node agent makes it for podCertificate volumes.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! PodCertificateRequestSpec @2  # Whom the certificate is for and which signer to ask; immutable.
          status PodCertificateRequestStatus @3  # The certificate, or why there is none.

        type PodCertificateRequestList kind  # A list of PodCertificateRequest objects.
          items! [PodCertificateRequest] @2  # The PodCertificateRequest objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type PodCertificateRequestSpec  # Whom a certificate is for and which signer to ask; immutable.
          maxExpirationSeconds int32? @8
            # Longest lifetime allowed, 3600 to 7862400 seconds (91 days). Defaults to 86400. The signer may choose a
            # shorter one, but not below an hour.
          nodeName! string @6  # Name of the pod's node.
          nodeUID! string @7  # UID of the pod's node.
          pkixPublicKey bytes @9  # Public key to certify, in PKIX form. Deprecated, use stubPKCS10Request.
          podName! string @2  # Name of the pod.
          podUID! string @3  # UID of the pod.
          proofOfPossession bytes @10
            # Signature of the pod's UID by the key, to prove that the requester has it. Deprecated, use
            # stubPKCS10Request.
          serviceAccountName! string @4  # Name of the pod's service account.
          serviceAccountUID! string @5  # UID of the pod's service account.
          signerName! string @1  # Who should sign. Names that begin with kubernetes.io are reserved.
          stubPKCS10Request! bytes @12
            # PKCS 10 request in DER form that carries the public key and proves possession of it; otherwise empty. The
            # key is RSA 3072 or 4096, ECDSA P256, P384 or P521, or Ed25519.
          unverifiedUserAnnotations {string} @11
            # Information from the author of the pod for the signer, with domain-prefixed keys. Nobody has verified it;
            # signers should refuse keys they do not know.

        type PodCertificateRequestStatus  # The certificate issued for a pod, or why there is none.
          beginRefreshAt time @5
            # When to begin to ask for the next certificate; a hint. Set once, together with certificateChain.
          certificateChain string @2
            # The issued certificate as PEM, its intermediates behind it. Set once by the signer; empty if denied or
            # failed.
          conditions [Condition] @1 map(type) merge(type)
            # At most one of Issued, Denied and Failed, with the status True.
          notAfter time @6  # When the certificate expires, as written in it.
          notBefore time @4  # When the certificate becomes valid, as written in it.
        """#
}
