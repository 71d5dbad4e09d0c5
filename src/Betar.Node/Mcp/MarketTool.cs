using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Betar.Node.Mcp;

/// <summary>One tool of <c>betar mcp</c>, and the operation of the node that answers it.</summary>
/// <param name="Tool">As MCP clients see it.</param>
/// <param name="Operation">The node's control method.</param>
/// <param name="Arguments">The members that are handed on, each of them text, a number or a flag.</param>
/// <param name="Buys">It may spend: only offered to a client with a mandate.</param>
internal sealed record MarketTool(Tool Tool, string Operation, IReadOnlyDictionary<string, string> Arguments, bool Buys)
{
    public static MarketTool Create(string name, string description, string schema, string operation, IReadOnlyDictionary<string, string> arguments, bool buys = false)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return new MarketTool(
            new Tool
            {
                Name = name,
                Description = description,
                InputSchema = document.RootElement.Clone(),
                Annotations = new ToolAnnotations { ReadOnlyHint = !buys, DestructiveHint = false, IdempotentHint = !buys, OpenWorldHint = true },
            },
            operation, arguments, buys);
    }
}
