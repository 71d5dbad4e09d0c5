using Betar.Agents.Mcp;
using ModelContextProtocol.Client;

namespace Betar.Agents.Llm;

/// <summary>The tools of all MCP servers of one agent.</summary>
internal sealed class ToolBox(IReadOnlyList<ToolServer> servers) : IAsyncDisposable
{
    /// <summary>Longest answer of a tool that a model sees, in characters.</summary>
    public const int MaxResultLength = 65_536;

    private const int MaxNameLength = 64;

    /// <exception cref="Limits.CallFailedException">A server is not there, or does not have a tool that is allowed.</exception>
    public async ValueTask<List<ModelTool>> OpenAsync(CancellationToken cancellationToken)
    {
        List<ModelTool> tools = [];
        foreach (ToolServer server in servers)
            foreach (McpClientTool tool in await server.ToolsAsync(cancellationToken))
                tools.Add(new ModelTool(NameOf(server.Name, tool.Name), tool.Description, tool.JsonSchema, async (arguments, cancellation) =>
                {
                    ExecutionOutcome outcome = await server.CallAsync(tool.Name, arguments, cancellation);
                    return outcome.Succeeded ? outcome.Text : $"The tool failed: {outcome.Text}";
                }));
        return tools;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ToolServer server in servers)
            await server.DisposeAsync();
    }

    /// <summary>Endpoints take letters, digits, hyphens and underscores.</summary>
    private static string NameOf(string server, string tool)
    {
        string name = $"{server}_{string.Concat(tool.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'))}";
        return name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }
}
