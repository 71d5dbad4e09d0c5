using System.Text.Json;
using Betar.Node.Errors;
using ModelContextProtocol.Protocol;

namespace Betar.Node.Mcp;

/// <summary>Answers the tools by the running node. Everything that a client says is checked here; a refusal is an answer with its code.</summary>
/// <param name="call">Asks the node.</param>
/// <param name="mandate">Under which is bought; null: nothing is.</param>
/// <param name="acceptUnverified">Whether unsigned listings may be bought.</param>
internal sealed class MarketToolCalls(MarketToolCalls.NodeCall call, string? mandate, bool acceptUnverified)
{
    public delegate Task<Checked<JsonElement>> NodeCall(string operation, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken);

    /// <summary>What this client may use.</summary>
    public IReadOnlyList<MarketTool> Tools => [.. MarketToolSet.All.Where(tool => mandate is not null || !tool.Buys)];

    public async Task<CallToolResult> CallAsync(string name, IEnumerable<KeyValuePair<string, JsonElement>>? given, CancellationToken cancellationToken)
    {
        if (Tools.FirstOrDefault(tool => tool.Tool.Name == name) is not { } tool)
            return Failed($"There is no tool {VisibleText.Of(name)} here.");
        Dictionary<string, JsonElement> arguments = (given ?? []).ToDictionary(StringComparer.Ordinal);
        if (FindFault(tool, arguments) is { } fault)
            return Failed(fault);

        string? purchase = tool.Buys && !arguments.ContainsKey("purchase_id") ? Guid.NewGuid().ToString() : null;
        Checked<JsonElement> answer = await call(tool.Operation, writer => Write(writer, tool, arguments, purchase), cancellationToken);
        return answer.IsOk
            ? new CallToolResult { Content = [new TextContentBlock { Text = answer.Value.GetRawText() }] }
            : Failed(purchase is null ? answer.Refusal.Sentence : $"{answer.Refusal.Sentence} (purchase_id {purchase})");
    }

    private static string? FindFault(MarketTool tool, Dictionary<string, JsonElement> arguments)
    {
        foreach ((string name, JsonElement value) in arguments)
        {
            if (!tool.Arguments.ContainsKey(name))
                return $"{tool.Tool.Name} has no argument {VisibleText.Of(name)}.";
            if (value.ValueKind == JsonValueKind.String ? value.GetString()!.Length > MarketToolSet.LongestText : value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out _))
                return $"{name} is no text of at most {MarketToolSet.LongestText} characters, and no whole number.";
        }

        return tool.Tool.InputSchema.TryGetProperty("required", out JsonElement required)
            ? required.EnumerateArray().Select(item => item.GetString()!).Where(name => !arguments.ContainsKey(name)).Select(name => $"{tool.Tool.Name} needs {name}.").FirstOrDefault()
            : null;
    }

    private void Write(Utf8JsonWriter writer, MarketTool tool, Dictionary<string, JsonElement> arguments, string? purchase)
    {
        foreach ((string name, JsonElement value) in arguments)
        {
            writer.WritePropertyName(tool.Arguments[name]);
            value.WriteTo(writer);
        }

        if (purchase is not null)
            writer.WriteString("purchaseId", purchase);
        if (tool.Buys)
            writer.WriteString("mandate", mandate);
        if (acceptUnverified)
            writer.WriteBoolean("acceptUnverified", true);
    }

    private static CallToolResult Failed(string reason) => new() { IsError = true, Content = [new TextContentBlock { Text = reason }] };
}
