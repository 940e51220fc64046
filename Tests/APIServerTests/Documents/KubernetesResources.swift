/// The resources of Kubernetes 1.36 as its discovery tells them, for tests to compare with.
///
/// Below each group version: resource, kind, scope, verbs, short names, categories. `*` stands for all verbs of a stored
/// collection, `~` for those of a part of an object.
enum KubernetesResources {
    static let text = """
        v1:
          bindings Binding namespaced create
          componentstatuses ComponentStatus cluster get,list cs
          configmaps ConfigMap namespaced * cm
          endpoints Endpoints namespaced * ep
          events Event namespaced * ev
          limitranges LimitRange namespaced * limits
          namespaces Namespace cluster create,delete,get,list,patch,update,watch ns
          namespaces/finalize Namespace cluster update
          namespaces/status Namespace cluster ~
          nodes Node cluster * no
          nodes/proxy NodeProxyOptions cluster create,delete,get,patch,update
          nodes/status Node cluster ~
          persistentvolumeclaims PersistentVolumeClaim namespaced * pvc
          persistentvolumeclaims/status PersistentVolumeClaim namespaced ~
          persistentvolumes PersistentVolume cluster * pv
          persistentvolumes/status PersistentVolume cluster ~
          pods Pod namespaced * po all
          pods/attach PodAttachOptions namespaced create,get
          pods/binding Binding namespaced create
          pods/ephemeralcontainers Pod namespaced ~
          pods/eviction policy/v1/Eviction namespaced create
          pods/exec PodExecOptions namespaced create,get
          pods/log Pod namespaced get
          pods/portforward PodPortForwardOptions namespaced create,get
          pods/proxy PodProxyOptions namespaced create,delete,get,patch,update
          pods/resize Pod namespaced ~
          pods/status Pod namespaced ~
          podtemplates PodTemplate namespaced *
          replicationcontrollers ReplicationController namespaced * rc all
          replicationcontrollers/scale autoscaling/v1/Scale namespaced ~
          replicationcontrollers/status ReplicationController namespaced ~
          resourcequotas ResourceQuota namespaced * quota
          resourcequotas/status ResourceQuota namespaced ~
          secrets Secret namespaced *
          serviceaccounts ServiceAccount namespaced * sa
          serviceaccounts/token authentication.k8s.io/v1/TokenRequest namespaced create
          services Service namespaced * svc all
          services/proxy ServiceProxyOptions namespaced create,delete,get,patch,update
          services/status Service namespaced ~
        apiregistration.k8s.io/v1:
          apiservices APIService cluster * - api-extensions
          apiservices/status APIService cluster ~
        apps/v1:
          controllerrevisions ControllerRevision namespaced *
          daemonsets DaemonSet namespaced * ds all
          daemonsets/status DaemonSet namespaced ~
          deployments Deployment namespaced * deploy all
          deployments/scale autoscaling/v1/Scale namespaced ~
          deployments/status Deployment namespaced ~
          replicasets ReplicaSet namespaced * rs all
          replicasets/scale autoscaling/v1/Scale namespaced ~
          replicasets/status ReplicaSet namespaced ~
          statefulsets StatefulSet namespaced * sts all
          statefulsets/scale autoscaling/v1/Scale namespaced ~
          statefulsets/status StatefulSet namespaced ~
        events.k8s.io/v1:
          events Event namespaced * ev
        authentication.k8s.io/v1:
          selfsubjectreviews SelfSubjectReview cluster create
          tokenreviews TokenReview cluster create
        authorization.k8s.io/v1:
          localsubjectaccessreviews LocalSubjectAccessReview namespaced create
          selfsubjectaccessreviews SelfSubjectAccessReview cluster create
          selfsubjectrulesreviews SelfSubjectRulesReview cluster create
          subjectaccessreviews SubjectAccessReview cluster create
        autoscaling/v2:
          horizontalpodautoscalers HorizontalPodAutoscaler namespaced * hpa all
          horizontalpodautoscalers/status HorizontalPodAutoscaler namespaced ~
        autoscaling/v1:
          horizontalpodautoscalers HorizontalPodAutoscaler namespaced * hpa all
          horizontalpodautoscalers/status HorizontalPodAutoscaler namespaced ~
        batch/v1:
          cronjobs CronJob namespaced * cj all
          cronjobs/status CronJob namespaced ~
          jobs Job namespaced * - all
          jobs/status Job namespaced ~
        certificates.k8s.io/v1:
          certificatesigningrequests CertificateSigningRequest cluster * csr
          certificatesigningrequests/approval CertificateSigningRequest cluster ~
          certificatesigningrequests/status CertificateSigningRequest cluster ~
        certificates.k8s.io/v1beta1:
          clustertrustbundles ClusterTrustBundle cluster *
          podcertificaterequests PodCertificateRequest namespaced *
          podcertificaterequests/status PodCertificateRequest namespaced ~
        certificates.k8s.io/v1alpha1:
          clustertrustbundles ClusterTrustBundle cluster *
        networking.k8s.io/v1:
          ingressclasses IngressClass cluster *
          ingresses Ingress namespaced * ing
          ingresses/status Ingress namespaced ~
          ipaddresses IPAddress cluster * ip
          networkpolicies NetworkPolicy namespaced * netpol
          servicecidrs ServiceCIDR cluster *
          servicecidrs/status ServiceCIDR cluster ~
        networking.k8s.io/v1beta1:
          ipaddresses IPAddress cluster * ip
          servicecidrs ServiceCIDR cluster *
          servicecidrs/status ServiceCIDR cluster ~
        policy/v1:
          poddisruptionbudgets PodDisruptionBudget namespaced * pdb
          poddisruptionbudgets/status PodDisruptionBudget namespaced ~
        rbac.authorization.k8s.io/v1:
          clusterrolebindings ClusterRoleBinding cluster *
          clusterroles ClusterRole cluster *
          rolebindings RoleBinding namespaced *
          roles Role namespaced *
        storage.k8s.io/v1:
          csidrivers CSIDriver cluster *
          csinodes CSINode cluster *
          csistoragecapacities CSIStorageCapacity namespaced *
          storageclasses StorageClass cluster * sc
          volumeattachments VolumeAttachment cluster *
          volumeattachments/status VolumeAttachment cluster ~
          volumeattributesclasses VolumeAttributesClass cluster * vac
        storage.k8s.io/v1beta1:
          volumeattributesclasses VolumeAttributesClass cluster * vac
        admissionregistration.k8s.io/v1:
          mutatingadmissionpolicies MutatingAdmissionPolicy cluster * - api-extensions
          mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster * - api-extensions
          mutatingwebhookconfigurations MutatingWebhookConfiguration cluster * - api-extensions
          validatingadmissionpolicies ValidatingAdmissionPolicy cluster * - api-extensions
          validatingadmissionpolicies/status ValidatingAdmissionPolicy cluster ~
          validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding cluster * - api-extensions
          validatingwebhookconfigurations ValidatingWebhookConfiguration cluster * - api-extensions
        admissionregistration.k8s.io/v1beta1:
          mutatingadmissionpolicies MutatingAdmissionPolicy cluster * - api-extensions
          mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster * - api-extensions
        admissionregistration.k8s.io/v1alpha1:
          mutatingadmissionpolicies MutatingAdmissionPolicy cluster * - api-extensions
          mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster * - api-extensions
        apiextensions.k8s.io/v1:
          customresourcedefinitions CustomResourceDefinition cluster * crd,crds api-extensions
          customresourcedefinitions/status CustomResourceDefinition cluster ~
        scheduling.k8s.io/v1:
          priorityclasses PriorityClass cluster * pc
        scheduling.k8s.io/v1alpha2:
          podgroups PodGroup namespaced *
          podgroups/status PodGroup namespaced ~
          workloads Workload namespaced *
        coordination.k8s.io/v1:
          leases Lease namespaced *
        coordination.k8s.io/v1beta1:
          leasecandidates LeaseCandidate namespaced *
        coordination.k8s.io/v1alpha2:
          leasecandidates LeaseCandidate namespaced *
        node.k8s.io/v1:
          runtimeclasses RuntimeClass cluster *
        discovery.k8s.io/v1:
          endpointslices EndpointSlice namespaced *
        resource.k8s.io/v1:
          deviceclasses DeviceClass cluster *
          resourceclaims ResourceClaim namespaced *
          resourceclaims/status ResourceClaim namespaced ~
          resourceclaimtemplates ResourceClaimTemplate namespaced *
          resourceslices ResourceSlice cluster *
        resource.k8s.io/v1beta2:
          deviceclasses DeviceClass cluster *
          devicetaintrules DeviceTaintRule cluster *
          devicetaintrules/status DeviceTaintRule cluster ~
          resourceclaims ResourceClaim namespaced *
          resourceclaims/status ResourceClaim namespaced ~
          resourceclaimtemplates ResourceClaimTemplate namespaced *
          resourceslices ResourceSlice cluster *
        resource.k8s.io/v1beta1:
          deviceclasses DeviceClass cluster *
          resourceclaims ResourceClaim namespaced *
          resourceclaims/status ResourceClaim namespaced ~
          resourceclaimtemplates ResourceClaimTemplate namespaced *
          resourceslices ResourceSlice cluster *
        resource.k8s.io/v1alpha3:
          devicetaintrules DeviceTaintRule cluster *
          devicetaintrules/status DeviceTaintRule cluster ~
          resourcepoolstatusrequests ResourcePoolStatusRequest cluster *
          resourcepoolstatusrequests/status ResourcePoolStatusRequest cluster ~
        flowcontrol.apiserver.k8s.io/v1:
          flowschemas FlowSchema cluster *
          flowschemas/status FlowSchema cluster ~
          prioritylevelconfigurations PriorityLevelConfiguration cluster *
          prioritylevelconfigurations/status PriorityLevelConfiguration cluster ~
        internal.apiserver.k8s.io/v1alpha1:
          storageversions StorageVersion cluster *
          storageversions/status StorageVersion cluster ~
        storagemigration.k8s.io/v1beta1:
          storageversionmigrations StorageVersionMigration cluster *
          storageversionmigrations/status StorageVersionMigration cluster ~
        """
}
