/// The types and resources of `certificates.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let certificatesV1beta1 = #"""
        package io.k8s.api.certificates.v1beta1
        version certificates.k8s.io v1beta1
        resource clustertrustbundles ClusterTrustBundle cluster singular:clustertrustbundle
        resource podcertificaterequests PodCertificateRequest namespaced singular:podcertificaterequest
        subresource podcertificaterequests/status PodCertificateRequest verbs:get,patch,update

        type ClusterTrustBundle kind
          metadata ObjectMeta @1
          spec! ClusterTrustBundleSpec @2

        type ClusterTrustBundleList kind
          items! [ClusterTrustBundle] @2
          metadata ListMeta @1

        type ClusterTrustBundleSpec
          signerName string @1
          trustBundle! string @2

        type PodCertificateRequest kind
          metadata ObjectMeta @1
          spec! PodCertificateRequestSpec @2
          status PodCertificateRequestStatus @3

        type PodCertificateRequestList kind
          items! [PodCertificateRequest] @2
          metadata ListMeta @1

        type PodCertificateRequestSpec
          maxExpirationSeconds int32 @8
          nodeName! string @6
          nodeUID! string @7
          pkixPublicKey bytes @9
          podName! string @2
          podUID! string @3
          proofOfPossession bytes @10
          serviceAccountName! string @4
          serviceAccountUID! string @5
          signerName! string @1
          stubPKCS10Request! bytes @12
          unverifiedUserAnnotations {string} @11

        type PodCertificateRequestStatus
          beginRefreshAt time @5
          certificateChain string @2
          conditions [Condition] @1 map(type) merge(type)
          notAfter time @6
          notBefore time @4
        """#
}
