using System.Text.Json.Serialization;
using Betar.Agents.Builtin;
using Betar.Agents.DotNet;
using Betar.Agents.Http;
using Betar.Agents.Llm;
using Betar.Agents.Mcp;
using Betar.Agents.Processes;

namespace Betar.Agents.Configuration;

/// <summary>Settings as JSON. Only what the schema let through is read with it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LlmSettings))]
[JsonSerializable(typeof(HttpSettings))]
[JsonSerializable(typeof(ProcessSettings))]
[JsonSerializable(typeof(McpSettings))]
[JsonSerializable(typeof(BuiltinSettings))]
[JsonSerializable(typeof(DotNetSettings))]
internal sealed partial class ExecutorJson : JsonSerializerContext;
