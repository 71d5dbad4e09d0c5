using Betar.Agents.Configuration;

namespace Betar.Agents.Processes;

/// <summary>What may stand in the settings of kind <c>process</c>.</summary>
internal static class ProcessSchema
{
    public const string Text = $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["command"],
          "properties": {
            "command": {{SharedSchemas.Command}},
            "mode": { "type": "string", "enum": ["task", "worker"], "default": "task", "description": "task: one process a task, which reads it from its input. worker: one process for many tasks, which speaks JSON lines." },
            "workingFolder": { "type": "string", "maxLength": 4096, "pattern": "^$|^/", "default": "", "description": "Where it runs; empty: an empty folder of its own, which goes with it." },
            "inherit": { "type": "array", "maxItems": 64, "items": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }, "default": ["PATH", "LANG"], "description": "Variables that it inherits from the node; no others are." },
            "environment": {{SharedSchemas.Environment}},
            "timeoutSeconds": { "type": "integer", "minimum": 1, "maximum": 86400, "default": 60, "description": "Longest that one task may take, in seconds." },
            "cpuSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "default": 60, "description": "Processor time of the process of one task, in seconds; 0: no limit. A worker has none." },
            "memoryMegabytes": { "type": "integer", "minimum": 0, "maximum": 1048576, "default": 512, "description": "Memory of one process, in mebibytes; 0: no limit." },
            "maxOutputBytes": { "type": "integer", "minimum": 1, "maximum": 16777216, "default": 1048576, "description": "Largest output in bytes; of a worker, longest line." },
            "maxTasksAtOnce": { "type": "integer", "minimum": 1, "maximum": 1000, "default": 16, "description": "Tasks that one worker does at once." },
            "idempotent": {{SharedSchemas.Idempotent}}
          }
        }
        """;
}
