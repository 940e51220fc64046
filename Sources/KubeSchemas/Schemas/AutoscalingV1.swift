/// The types and resources of `autoscaling/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let autoscalingV1 = #"""
        package io.k8s.api.autoscaling.v1
        version autoscaling v1
        resource horizontalpodautoscalers HorizontalPodAutoscaler namespaced singular:horizontalpodautoscaler short:hpa categories:all
        subresource horizontalpodautoscalers/status HorizontalPodAutoscaler verbs:get,patch,update

        type CrossVersionObjectReference atomic
          # Names an object of the same namespace, whatever version it is served in.
          apiVersion string @3  # Group and version of the object, such as apps/v1.
          kind! string @1  # Kind of the object, such as Deployment.
          name! string @2  # Name of the object.

        type HorizontalPodAutoscaler kind
          # Adjusts the number of replicas of a workload to its CPU utilization. Version v2 offers more metrics.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! HorizontalPodAutoscalerSpec @2  # What to scale, within which bounds, and to which utilization.
          status HorizontalPodAutoscalerStatus @3
            # What the autoscaler observed and decided last; written by the system.

        type HorizontalPodAutoscalerList kind  # A list of HorizontalPodAutoscaler objects.
          items! [HorizontalPodAutoscaler] @2  # The HorizontalPodAutoscaler objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type HorizontalPodAutoscalerSpec  # The desired behaviour of an autoscaler.
          maxReplicas! int32 @3  # Upper bound of replicas; not below minReplicas.
          minReplicas int32? @2  # Lower bound of replicas. Defaults to 1.
          scaleTargetRef! CrossVersionObjectReference @1  # The workload to scale; it must have a scale subresource.
          targetCPUUtilizationPercentage int32? @4
            # Average CPU use to aim at, as a percentage of what the pods request. Unset means 80 if no other metric is
            # given.

        type HorizontalPodAutoscalerStatus  # The observed state of an autoscaler.
          currentCPUUtilizationPercentage int32? @5
            # Average CPU use of the pods at the moment, as a percentage of what they request.
          currentReplicas! int32 @3  # Replicas the autoscaler saw last.
          desiredReplicas! int32 @4  # Replicas the autoscaler wants.
          lastScaleTime time @2  # When the number of replicas was last changed.
          observedGeneration int64? @1  # The metadata.generation this status was computed for.

        type Scale kind  # The number of replicas of a workload, in the same form for all kinds that can be scaled.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec ScaleSpec @2  # The desired number of replicas.
          status ScaleStatus @3  # The observed number of replicas and their selector; read-only.

        type ScaleSpec  # The desired scale.
          replicas int32 @1  # How many replicas should run.

        type ScaleStatus  # The observed scale.
          replicas! int32 @1  # How many replicas exist.
          selector string @2  # Label selector of the pods, in the form used in queries, such as app=web.
        """#
}
