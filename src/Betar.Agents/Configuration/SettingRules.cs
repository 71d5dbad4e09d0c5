using System.Text.Json;
using Betar.Agents.Http;
using Betar.Agents.Llm;
using Betar.Agents.Mcp;
using Betar.Agents.Schemas;

namespace Betar.Agents.Configuration;

/// <summary>What a schema cannot say: how settings go together.</summary>
internal static class SettingRules
{
    public static IReadOnlyList<ExecutorFault> Find(string kind, JsonElement config)
    {
        List<ExecutorFault> faults = [];
        switch (kind)
        {
            case ExecutorKinds.Llm:
                FindInLlm(config.Deserialize(ExecutorJson.Default.LlmSettings)!, faults);
                break;
            case ExecutorKinds.Http:
                HttpSettings http = config.Deserialize(ExecutorJson.Default.HttpSettings)!;
                CheckUrl(http.Url, "url", http.Secret.Length > 0 || HoldsSecret(http.Headers), http.AllowPrivate, faults);
                CheckHeaders(http.Headers, "headers", faults);
                break;
            case ExecutorKinds.Mcp:
                McpSettings mcp = config.Deserialize(ExecutorJson.Default.McpSettings)!;
                FindInServer(mcp.Server, "", mcp.AllowPrivate, faults);
                break;
        }
        return faults;
    }

    private static void FindInLlm(LlmSettings llm, List<ExecutorFault> faults)
    {
        CheckUrl(llm.BaseUrl, "baseUrl", llm.ApiKey.Length > 0, llm.AllowPrivate, faults);
        if (llm.Fallback is { } fallback)
            CheckUrl(fallback.BaseUrl, "fallback.baseUrl", fallback.ApiKey.Length > 0, llm.AllowPrivate, faults);
        if (llm.OutputSchema is { } schema)
        {
            JsonSchema.Parse(schema.GetRawText(), out IReadOnlyList<ExecutorFault> wrong);
            faults.AddRange(wrong.Select(fault => fault with { Path = SchemaPath.Join("outputSchema", fault.Path).TrimEnd('.') }));
        }
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int place = 0; place < llm.Tools.Count; place++)
        {
            FindInServer(llm.Tools[place], $"tools.{place}", llm.AllowPrivate, faults);
            if (!names.Add(llm.Tools[place].Name))
                faults.Add(new ExecutorFault($"tools.{place}.name", "Another server has this name."));
        }
    }

    private static void FindInServer(ToolServerSettings server, string path, bool allowPrivate, List<ExecutorFault> faults)
    {
        if (server.Command.Count > 0 == server.Url.Length > 0)
            faults.Add(new ExecutorFault(path, "A server is either a command or a url."));
        if (server.Environment.Count > 0 && server.Command.Count == 0)
            faults.Add(new ExecutorFault(SchemaPath.Join(path, "environment"), "Only a command has an environment."));
        if (server.Headers.Count > 0 && server.Url.Length == 0)
            faults.Add(new ExecutorFault(SchemaPath.Join(path, "headers"), "Only a url has headers."));
        CheckUrl(server.Url, SchemaPath.Join(path, "url"), HoldsSecret(server.Headers), allowPrivate, faults);
        CheckHeaders(server.Headers, SchemaPath.Join(path, "headers"), faults);
    }

    private static void CheckUrl(string url, string path, bool hasSecret, bool allowPrivate, List<ExecutorFault> faults)
    {
        if (url.Length == 0)
            return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            faults.Add(new ExecutorFault(path, "This is not an address of http or https."));
        else if (address.UserInfo.Length > 0)
            faults.Add(new ExecutorFault(path, "An address holds no user and no password; give a reference to a secret instead."));
        else if (hasSecret && address.Scheme == "http" && !allowPrivate)
            faults.Add(new ExecutorFault(path, "Over plain http anybody on the way could read the secret; use https, or allowPrivate when the address is in the operator's own network."));
    }

    private static void CheckHeaders(Dictionary<string, string> headers, string path, List<ExecutorFault> faults)
    {
        foreach ((string name, string value) in headers)
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || value.Any(char.IsControl))
                faults.Add(new ExecutorFault(SchemaPath.Join(path, name), "A header's name has letters, digits and hyphens, its value no control characters."));
    }

    private static bool HoldsSecret(Dictionary<string, string> values) => values.Values.Any(SecretReferences.IsReference);
}
