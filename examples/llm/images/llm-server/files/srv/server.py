"""A model server with the OpenAI API: chat and text completions, whole or as a stream of events.

The model is loaded from a folder in the usual form (config.json, tokenizer.json, *.safetensors) by MLX-LM, which also
batches: requests that are under way together take their steps together. It listens at once; /health says 503 until the
model is loaded and has answered once.
"""

import argparse
import json
import os
import queue
import signal
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY_LIMIT = 4 << 20


class Refusal(Exception):
    """An answer in the API's form of errors."""

    def __init__(self, status, message, kind="invalid_request_error", parameter=None, code=None):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind, "param": parameter, "code": code}}


class Generation:
    """One request to the model. The engine puts pieces of text into `pieces`, the reason of the end last."""

    def __init__(self, prompt, limit, temperature, top_p, stops):
        self.prompt, self.limit, self.temperature, self.top_p, self.stops = prompt, limit, temperature, top_p, stops
        self.pieces = queue.SimpleQueue()
        self.cancelled = threading.Event()
        self.generated = 0
        self.detokenizer = None
        self.held = ""

    def take(self, text, is_over):
        """Cuts at the first stop text; holds back what may be the beginning of one. Returns whether it was cut."""
        self.held += text
        found = [place for place in (self.held.find(stop) for stop in self.stops) if place >= 0]
        if found:
            self.held = self.held[: min(found)]
        keep = 0
        if not found and not is_over:
            for stop in self.stops:
                for length in range(min(len(stop) - 1, len(self.held)), keep, -1):
                    if stop.startswith(self.held[-length:]):
                        keep = length
                        break
        ready = self.held[: len(self.held) - keep]
        self.held = self.held[len(ready) :]
        if ready:
            self.pieces.put(("text", ready))
        return bool(found)


class Engine:
    """Owns the model, on one thread. Everything else talks to it by queues."""

    def __init__(self, path, parallel):
        self.path, self.parallel = path, parallel
        self.ready = threading.Event()
        self.waiting = queue.SimpleQueue()
        self.context = 0
        self.tokenizer = None
        self.threads_lock = threading.Lock()

    def start(self):
        threading.Thread(target=self._run, name="engine", daemon=True).start()

    def tokens(self, messages_or_text):
        # Tokenizers are not made for several threads at once.
        with self.threads_lock:
            if isinstance(messages_or_text, str):
                return self.tokenizer.encode(messages_or_text)
            return self.tokenizer.apply_chat_template(messages_or_text, add_generation_prompt=True)

    def _run(self):
        try:
            self._load()
            while True:
                self._step()
        except BaseException as error:
            # A server without its model is of no use: the container is started again, and says why it ended.
            print(f"the engine ended: {error!r}", flush=True)
            os._exit(1)

    def _load(self):
        begin = time.monotonic()
        # Imported here so that the server answers while it loads.
        from mlx_lm import load
        from mlx_lm.generate import BatchGenerator
        from mlx_lm.sample_utils import make_sampler

        with open(os.path.join(self.path, "config.json"), encoding="utf-8") as file:
            self.context = json.load(file).get("max_position_embeddings", 2048)
        model, self.tokenizer = load(self.path)
        loaded = time.monotonic()
        self.make_sampler = make_sampler
        stops = [[token] for token in self.tokenizer.eos_token_ids]
        self.batch = BatchGenerator(model, stop_tokens=stops, completion_batch_size=self.parallel)
        self.running = {}
        warm = Generation(self.tokens("warm"), 2, 0.0, 1.0, [])
        self._insert(warm)
        while self.running:
            self._step()
        self.ready.set()
        print(f"loaded in {loaded - begin:.2f} s, warm after {time.monotonic() - loaded:.2f} s more", flush=True)

    def _insert(self, generation):
        sampler = self.make_sampler(temp=generation.temperature, top_p=generation.top_p)
        generation.detokenizer = self.tokenizer.detokenizer
        uid = self.batch.insert([generation.prompt], [generation.limit], samplers=[sampler])[0]
        self.running[uid] = generation

    def _step(self):
        while not self.running or not self.waiting.empty():
            generation = self.waiting.get()
            if not generation.cancelled.is_set():
                self._insert(generation)
        gone = [uid for uid, generation in self.running.items() if generation.cancelled.is_set()]
        if gone:
            self.batch.remove(gone)
            for uid in gone:
                del self.running[uid]
        for response in self.batch.next_generated() if self.running else []:
            self._advance(response)

    def _advance(self, response):
        generation = self.running[response.uid]
        generation.generated += 1
        reason = response.finish_reason
        detokenizer = generation.detokenizer
        if reason != "stop":
            detokenizer.add_token(response.token)
        if reason:
            detokenizer.finalize()
        if generation.take(detokenizer.last_segment, bool(reason)):
            if not reason:
                self.batch.remove([response.uid])
            reason = "stop"
        if reason:
            del self.running[response.uid]
            generation.pieces.put(("end", reason))


class Parameters:
    """What a request asks for, checked."""

    def __init__(self, body, names):
        self.body = body
        model = body.get("model")
        if not isinstance(model, str):
            raise Refusal(400, "you must provide a model parameter", parameter="model")
        if model not in names:
            message = f"The model `{model}` does not exist or you do not have access to it."
            raise Refusal(404, message, parameter="model", code="model_not_found")
        self.model = model
        self.stream = self._value("stream", bool, False)
        options = self._value("stream_options", dict, {})
        self.with_usage = bool(options.get("include_usage"))
        self.temperature = float(self._number("temperature", 1.0, 0, 2))
        self.top_p = float(self._number("top_p", 1.0, 0, 1))
        if self._number("n", 1, 1, 128) != 1:
            raise Refusal(400, "only one choice is made (n = 1)", parameter="n")
        stop = body.get("stop") or []
        self.stops = [stop] if isinstance(stop, str) else stop
        if not isinstance(self.stops, list) or not all(isinstance(text, str) and text for text in self.stops):
            raise Refusal(400, "stop must be a text or a list of texts", parameter="stop")
        name = "max_completion_tokens" if body.get("max_completion_tokens") is not None else "max_tokens"
        self.limit = self._number(name, None, 1, 1 << 20)

    def _value(self, name, kind, default):
        value = self.body.get(name)
        if value is None:
            return default
        if not isinstance(value, kind):
            raise Refusal(400, f"{name} is of the wrong type", parameter=name)
        return value

    def _number(self, name, default, low, high):
        value = self.body.get(name)
        if value is None:
            return default
        whole = isinstance(default, int) or default is None
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not low <= value <= high:
            raise Refusal(400, f"{name} must be a number from {low} to {high}", parameter=name)
        return value

    def messages(self):
        messages = self.body.get("messages")
        if not isinstance(messages, list) or not messages:
            raise Refusal(400, "messages must be a list with at least one message", parameter="messages")
        return [self._message(message) for message in messages]

    @staticmethod
    def _message(message):
        content = message.get("content") if isinstance(message, dict) else None
        if isinstance(content, list):
            content = "".join(part.get("text", "") for part in content if isinstance(part, dict))
        if not isinstance(content, str) or not isinstance(message.get("role"), str):
            raise Refusal(400, "a message has a role and a content", parameter="messages")
        return {"role": message["role"], "content": content}

    def prompt(self):
        prompt = self.body.get("prompt")
        if isinstance(prompt, list) and len(prompt) == 1:
            prompt = prompt[0]
        if not isinstance(prompt, str):
            raise Refusal(400, "prompt must be one text", parameter="prompt")
        return prompt


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Events are small and are wanted at once.
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path == "/health":
            ready = self.server.engine.ready.is_set()
            self._send(200 if ready else 503, {"status": "ok" if ready else "loading"})
        elif self.path == "/v1/models":
            data = [{"id": name, "object": "model", "created": self.server.started, "owned_by": "gantry"}
                    for name in self.server.names]
            self._send(200, {"object": "list", "data": data})
        else:
            self._send(404, Refusal(404, f"there is no {self.path} here").body)

    def do_POST(self):
        try:
            if self.path not in ("/v1/chat/completions", "/v1/completions"):
                raise Refusal(404, f"there is no {self.path} here")
            parameters = Parameters(self._body(), self.server.names)
            if not self.server.engine.ready.is_set():
                raise Refusal(503, "the model is being loaded", "server_error")
            self._complete(parameters, is_chat=self.path == "/v1/chat/completions")
        except Refusal as refusal:
            self._send(refusal.status, refusal.body)
        except ConnectionError:
            self.close_connection = True

    def _body(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > BODY_LIMIT:
            self.close_connection = True
            raise Refusal(413 if length.isdigit() else 411, f"a body of up to {BODY_LIMIT} bytes is needed")
        try:
            body = json.loads(self.rfile.read(int(length)))
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise Refusal(400, "the body is not a JSON object")
        return body

    def _complete(self, parameters, is_chat):
        engine = self.server.engine
        prompt = engine.tokens(parameters.messages() if is_chat else parameters.prompt()) or [0]
        room = engine.context - len(prompt)
        if room < 1:
            message = f"This model's maximum context length is {engine.context} tokens, the prompt has {len(prompt)}."
            raise Refusal(400, message, code="context_length_exceeded")
        # Text completions end after 16 tokens unless told otherwise, as with OpenAI.
        limit = min(parameters.limit or (256 if is_chat else 16), room)
        generation = Generation(prompt, limit, parameters.temperature, parameters.top_p, parameters.stops)
        engine.waiting.put(generation)
        answer = Answer(parameters.model, is_chat, generation)
        try:
            if parameters.stream:
                self._stream(answer, parameters.with_usage)
            else:
                self._send(200, answer.whole())
        finally:
            generation.cancelled.set()

    def _stream(self, answer, with_usage):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for event in answer.events(with_usage):
            self._chunk(f"data: {json.dumps(event, separators=(',', ':'))}\n\n")
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, text):
        data = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def _send(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, form, *arguments):
        # Neither prompts nor answers; probes say nothing new.
        if self.path != "/health":
            print(f"{self.command} {self.path} {arguments[1] if len(arguments) > 1 else ''}", flush=True)


class Answer:
    """What the API says of a generation, whole or piece by piece."""

    def __init__(self, model, is_chat, generation):
        self.is_chat, self.generation = is_chat, generation
        kind = "chatcmpl" if is_chat else "cmpl"
        self.head = {"id": f"{kind}-{uuid.uuid4().hex}", "created": int(time.time()), "model": model}

    def usage(self):
        prompt, completion = len(self.generation.prompt), self.generation.generated
        return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}

    def whole(self):
        text, reason = [], None
        while reason is None:
            kind, value = self.generation.pieces.get()
            if kind == "text":
                text.append(value)
            else:
                reason = value
        choice = {"index": 0, "finish_reason": reason, "logprobs": None}
        if self.is_chat:
            choice["message"] = {"role": "assistant", "content": "".join(text)}
        else:
            choice["text"] = "".join(text)
        name = "chat.completion" if self.is_chat else "text_completion"
        return {**self.head, "object": name, "choices": [choice], "usage": self.usage()}

    def events(self, with_usage):
        if self.is_chat:
            yield self._event({"role": "assistant", "content": ""}, None, with_usage)
        while True:
            kind, value = self.generation.pieces.get()
            if kind == "text":
                yield self._event({"content": value} if self.is_chat else value, None, with_usage)
                continue
            yield self._event({} if self.is_chat else "", value, with_usage)
            if with_usage:
                name = "chat.completion.chunk" if self.is_chat else "text_completion"
                yield {**self.head, "object": name, "choices": [], "usage": self.usage()}
            return

    def _event(self, content, reason, with_usage):
        choice = {"index": 0, "finish_reason": reason, "logprobs": None, "delta" if self.is_chat else "text": content}
        name = "chat.completion.chunk" if self.is_chat else "text_completion"
        event = {**self.head, "object": name, "choices": [choice]}
        return {**event, "usage": None} if with_usage else event


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port, engine, names):
        super().__init__(("", port), Handler)
        self.engine, self.names, self.started = engine, names, int(time.time())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=os.environ.get("MODEL_PATH", "/model"), help="the model's folder")
    parser.add_argument("--name", default=os.environ.get("MODEL_NAME", "model"), help="what clients call the model")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--parallel", type=int, default=16, help="requests that are worked on together")
    arguments = parser.parse_args()
    if not os.path.isfile(os.path.join(arguments.model, "config.json")):
        raise SystemExit(f"there is no model in {arguments.model}: config.json is missing")
    engine = Engine(arguments.model, arguments.parallel)
    server = Server(arguments.port, engine, [arguments.name])
    # As process 1 of a container, which ignores signals that it has no handler for.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    engine.start()
    server.serve_forever()


if __name__ == "__main__":
    main()
