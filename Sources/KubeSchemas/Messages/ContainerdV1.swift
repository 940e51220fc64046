/// What is used of containerd's own services (`containerd.services.*.v1`): events, images, snapshots, leases.
extension MessageSchemas {
    package static let containerdV1 = MessageSchemas(
        text: #"""
            package containerd.v1
            version - v1
            type SubscribeRequest
              filters [string] @1

            type TypedEvent
              typeUrl! string @1
              value! bytes @2

            type Envelope
              namespace! string @2
              topic! string @3
              event TypedEvent @4

            type TaskDelete
              containerId! string @1
              pid! int64 @2
              exitStatus! int64 @3
              id! string @5

            type ImageEvent
              name! string @1

            type Empty

            type Mount
              type! string @1
              source! string @2
              target! string @3
              options [string] @4

            type ViewSnapshotRequest
              snapshotter! string @1
              key! string @2
              parent! string @3
              labels {string} @4

            type SnapshotRequest
              snapshotter! string @1
              key! string @2

            type MountsResponse
              mounts [Mount] @1

            type Lease
              id! string @1
              labels {string} @3

            type LeaseResponse
              lease Lease @1

            type DeleteLeaseRequest
              id! string @1
              sync! bool @2

            type ListRequest
              filters [string] @1

            type ListLeasesResponse
              leases [Lease] @1

            type Image
              name! string @1
              labels {string} @2

            type FieldMask
              paths [string] @1

            type UpdateImageRequest
              image Image @1
              updateMask FieldMask @2

            type ImageResponse
              image Image @1

            type ListImagesResponse
              images [Image] @1
            """#)
}
