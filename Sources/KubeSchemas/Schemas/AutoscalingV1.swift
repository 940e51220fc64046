/// The types and resources of `autoscaling/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let autoscalingV1 = #"""
        package io.k8s.api.autoscaling.v1
        version autoscaling v1
        resource horizontalpodautoscalers HorizontalPodAutoscaler namespaced singular:horizontalpodautoscaler short:hpa categories:all
        subresource horizontalpodautoscalers/status HorizontalPodAutoscaler verbs:get,patch,update

        type CrossVersionObjectReference atomic
          apiVersion string @3
          kind! string @1
          name! string @2

        type HorizontalPodAutoscaler kind
          metadata ObjectMeta @1
          spec! HorizontalPodAutoscalerSpec @2
          status HorizontalPodAutoscalerStatus @3

        type HorizontalPodAutoscalerList kind
          items! [HorizontalPodAutoscaler] @2
          metadata ListMeta @1

        type HorizontalPodAutoscalerSpec
          maxReplicas! int32 @3
          minReplicas int32 @2
          scaleTargetRef! CrossVersionObjectReference @1
          targetCPUUtilizationPercentage int32 @4

        type HorizontalPodAutoscalerStatus
          currentCPUUtilizationPercentage int32 @5
          currentReplicas! int32 @3
          desiredReplicas! int32 @4
          lastScaleTime time @2
          observedGeneration int64 @1

        type Scale kind
          metadata ObjectMeta @1
          spec ScaleSpec @2
          status ScaleStatus @3

        type ScaleSpec
          replicas int32 @1

        type ScaleStatus
          replicas! int32 @1
          selector string @2
        """#
}
