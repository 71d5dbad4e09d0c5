using System.Text.Json;

namespace Betar.Agents.Mcp;

/// <summary>One tool of an MCP server, sold as an agent.</summary>
internal sealed record McpSettings
{
    public List<string> Command { get; set; } = [];

    public Dictionary<string, string> Environment { get; set; } = [];

    public string Url { get; set; } = "";

    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>The tool's name.</summary>
    public string Tool { get; set; } = "";

    /// <summary>The argument that takes the caller's text; empty: the text is a JSON object with the arguments.</summary>
    public string TextArgument { get; set; } = "";

    /// <summary>Arguments that the caller cannot change.</summary>
    public JsonElement? Arguments { get; set; }

    public int TimeoutSeconds { get; set; } = 30;

    public bool Idempotent { get; set; }

    public bool AllowPrivate { get; set; }

    /// <summary>The server as the tools of a model name it.</summary>
    public ToolServerSettings Server => new()
    {
        Name = Tool, Command = Command, Environment = Environment, Url = Url, Headers = Headers, Allow = [Tool], TimeoutSeconds = TimeoutSeconds,
    };
}
