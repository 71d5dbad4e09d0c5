using System.Text.Json;
using Betar.Agents.Http;
using Betar.Agents.Limits;
using Betar.Agents.Secrets;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Betar.Agents.Mcp;

/// <summary>One MCP server: connected when it is first needed, and again when it is gone.</summary>
internal sealed class ToolServer(ToolServerSettings settings, bool allowPrivate, GuardedHttp http, ExecutorTools tools) : IAsyncDisposable
{
    /// <summary>Largest answer of an address, in bytes as they come; of one that streams, all its messages together, after which it is connected anew.</summary>
    public const int MaxAnswerBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _connecting = new(1);
    private McpClient? _client;
    private List<McpClientTool>? _tools;

    public string Name => settings.Name;

    /// <summary>The tools that are allowed.</summary>
    /// <exception cref="CallFailedException">The server is not there, or lacks one of them.</exception>
    public async ValueTask<IReadOnlyList<McpClientTool>> ToolsAsync(CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.TimeoutSeconds, tools.Time, cancellationToken);
        try
        {
            McpClient client = await ConnectAsync(deadline.Token);
            if (_tools is { } known)
                return known;
            IList<McpClientTool> offered = await client.ListToolsAsync(cancellationToken: deadline.Token);
            if (settings.Allow.Find(name => offered.All(tool => tool.Name != name)) is { } missing)
                throw new CallFailedException(ExecutionCodes.ToolFailed, $"The MCP server {settings.Name} has no tool {missing}.", isTransient: false);
            return _tools = [.. offered.Where(tool => settings.Allow.Contains(tool.Name))];
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw new CallFailedException(ExecutionCodes.ToolFailed, $"The MCP server {settings.Name} took longer than {settings.TimeoutSeconds} s.", isTransient: true);
        }
        catch (Exception fault) when (IsServers(fault))
        {
            throw await LostAsync(fault);
        }
    }

    public async ValueTask<ExecutionOutcome> CallAsync(string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.TimeoutSeconds, tools.Time, cancellationToken);
        try
        {
            McpClient client = await ConnectAsync(deadline.Token);
            var named = arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value, StringComparer.Ordinal);
            return Read(await client.CallToolAsync(tool, named, cancellationToken: deadline.Token));
        }
        catch (CallFailedException failure)
        {
            return failure.ToOutcome();
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return ExecutionOutcome.Failed(ExecutionCodes.TimedOut, $"The tool took longer than {settings.TimeoutSeconds} s.");
        }
        catch (Exception fault) when (IsServers(fault))
        {
            return (await LostAsync(fault)).ToOutcome();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
            await client.DisposeAsync();
        _client = null;
    }

    private async ValueTask<McpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client is { Completion.IsCompleted: false } open)
            return open;
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_client is { Completion.IsCompleted: false } opened)
                return opened;
            await DisposeAsync();
            _tools = null;
            return _client = await McpClient.CreateAsync(Transport(), loggerFactory: tools.Loggers, cancellationToken: cancellationToken);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private IClientTransport Transport()
    {
        IReadOnlyDictionary<string, string> values = settings.Url.Length > 0 ? settings.Headers : settings.Environment;
        Dictionary<string, string> resolved = tools.Secrets.Resolve(values, out string missing)
            ?? throw new CallFailedException(ExecutionCodes.SecretMissing, $"The secret {missing} of the MCP server {settings.Name} is not there.", isTransient: false);
        if (settings.Url.Length > 0)
            return new HttpClientTransport(
                new HttpClientTransportOptions { Endpoint = new Uri(settings.Url), Name = settings.Name, AdditionalHeaders = resolved },
                http.Bounded(allowPrivate, MaxAnswerBytes, ExecutionCodes.LimitReached), tools.Loggers, ownsHttpClient: false);

        resolved.TryAdd("PATH", Environment.GetEnvironmentVariable("PATH") ?? "");
        return new StdioClientTransport(
            new StdioClientTransportOptions
            {
                Command = settings.Command[0],
                Arguments = settings.Command[1..],
                Name = settings.Name,
                InheritEnvironmentVariables = false,
                EnvironmentVariables = resolved.ToDictionary(pair => pair.Key, pair => (string?)pair.Value),
                ShutdownTimeout = s_goodbye,
            },
            tools.Loggers);
    }

    /// <summary>What a server, and not this code, did wrong.</summary>
    private static bool IsServers(Exception fault) => fault is
        McpException or IOException or HttpRequestException or JsonException or InvalidOperationException or System.ComponentModel.Win32Exception or ObjectDisposedException;

    private async ValueTask<CallFailedException> LostAsync(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
            if (inner is CallFailedException known)
                return known;
        if (fault is McpException)
            return new CallFailedException(ExecutionCodes.ToolFailed, $"The MCP server {settings.Name} refused the call.", isTransient: false, cause: fault);
        await DisposeAsync();
        return new CallFailedException(ExecutionCodes.ToolFailed, $"The MCP server {settings.Name} cannot be reached.", isTransient: true, cause: fault);
    }

    private static ExecutionOutcome Read(CallToolResult result)
    {
        string text = string.Join("\n", result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        if (result.IsError == true)
            return ExecutionOutcome.Failed(ExecutionCodes.ToolFailed, text.Length > 0 ? text : "The tool failed.");
        return ExecutionOutcome.Ok(text.Length == 0 && result.StructuredContent is { } structured ? structured.ToString() : text);
    }
}
