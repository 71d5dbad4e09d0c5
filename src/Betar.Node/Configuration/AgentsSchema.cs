using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Agents;
using Betar.Agents.Configuration;

namespace Betar.Node.Configuration;

/// <summary>The JSON schema of <c>agents.yaml</c>, for editors; what the executors take is theirs to say.</summary>
internal static class AgentsSchema
{
    private const string Resource = "agents.schema.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text => Build().ToJsonString(Indented);

    public static JsonObject Build()
    {
        using var stream = typeof(AgentsSchema).Assembly.GetManifestResourceStream(Resource)!;
        var schema = JsonNode.Parse(stream)!.AsObject();
        var parts = schema["$defs"]!.AsObject();
        parts["builtin"]!["enum"] = new JsonArray([.. ExecutorFactory.BuiltinNames.Select(name => JsonValue.Create(name))]);
        foreach (var kind in new[] { ExecutorKinds.Llm, ExecutorKinds.Http, ExecutorKinds.Process, ExecutorKinds.Mcp })
            parts[kind] = JsonNode.Parse(ExecutorSettings.Schema(kind));
        return schema;
    }
}
