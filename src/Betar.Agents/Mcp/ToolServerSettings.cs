namespace Betar.Agents.Mcp;

/// <summary>An MCP server: a program of this machine, or an address.</summary>
internal sealed record ToolServerSettings
{
    public string Name { get; set; } = "";

    /// <summary>The program and its arguments; empty when the server is an address.</summary>
    public List<string> Command { get; set; } = [];

    /// <summary>Variables of the program: values or references to secrets. It gets none of the node's own.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    public string Url { get; set; } = "";

    /// <summary>Headers of the address: values or references to secrets.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>Names of the tools that may be used; none that is not named is.</summary>
    public List<string> Allow { get; set; } = [];

    /// <summary>Longest that one call of a tool may take.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}
