import Node
import Testing

@Suite struct ImageNameTests {
    @Test(arguments: [
        ("nginx", "docker.io/library/nginx:latest", true),
        ("nginx:1.27", "docker.io/library/nginx:1.27", false),
        ("team/app", "docker.io/team/app:latest", true),
        ("localhost:5000/app:v1", "localhost:5000/app:v1", false),
        ("registry.test/a/b_c/d-e", "registry.test/a/b_c/d-e:latest", true),
        (
            "a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "docker.io/library/a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", false
        ),
    ])
    func namesAreCompleted(text: String, full: String, isMoving: Bool) throws {
        let name = try ImageName(text)
        #expect(name.description == full)
        #expect(name.isMoving == isMoving)
    }

    @Test(arguments: ["", "UPPER/case", "a b", "app:", "app:ta g", "/app", "app/", "app@sha256:12", "-app", "a//b"])
    func badNamesAreRefused(text: String) {
        #expect(throws: ImageName.Malformed.self) { try ImageName(text) }
    }
}
