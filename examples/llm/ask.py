"""Asks the model through the gateway with the openai client, and prints the answer as it comes."""

from openai import OpenAI

# OPENAI_BASE_URL, OPENAI_API_KEY and SSL_CERT_FILE say where and who; see the README.
stream = OpenAI().chat.completions.create(
    model="tiny",
    messages=[{"role": "user", "content": "How is the cluster this morning?"}],
    max_tokens=60,
    stream=True,
    stream_options={"include_usage": True},
)
for chunk in stream:
    for choice in chunk.choices:
        print(choice.delta.content or "", end="", flush=True)
    if chunk.usage:
        print(f"\n{chunk.usage.prompt_tokens} tokens in, {chunk.usage.completion_tokens} out")
