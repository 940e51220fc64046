"""Runs ansible.yaml and prints a line for each behaviour that its tasks are named after."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from checks import report


def run():
    """The results of the playbook's tasks in order, each with the task's name."""
    book = pathlib.Path(__file__).parent / "ansible.yaml"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json", "ANSIBLE_HOME": folder, "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
        variables = {"folder": folder, "ansible_python_interpreter": sys.executable}
        answer = subprocess.run(
            [str(pathlib.Path(sys.executable).parent / "ansible-playbook"), "--extra-vars", json.dumps(variables), str(book)],
            env=environment, stdout=subprocess.PIPE, text=True)
    try:
        plays = json.loads(answer.stdout[answer.stdout.index("{"):])["plays"]
    except ValueError:
        raise SystemExit(f"ansible-playbook told nothing: {answer.stdout[-2000:]}")
    for task in plays[0]["tasks"]:
        yield task["task"]["name"], task["hosts"]["localhost"]


def main():
    sentences = {}
    for name, result in run():
        sentence, _, step = name.partition(" / ")
        failures = sentences.setdefault(sentence, [])
        if result.get("failed"):
            failures.append(f"{step} {result.get('msg') or json.dumps(result)}".strip())
    for sentence, failures in sentences.items():
        report(f"ansible: {sentence}", AssertionError("; ".join(failures)) if failures else None)
    return 1 if any(sentences.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
