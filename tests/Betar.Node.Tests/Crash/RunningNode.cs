using System.Diagnostics;
using System.Text.Json;
using Betar.Node.Composition;
using Betar.Node.Hosting;

namespace Betar.Node.Tests.Crash;

/// <summary>The real executable as a process of its own, doing <c>up</c>.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private RunningNode(Process process, JsonElement start, Task<string> errors)
    {
        _process = process;
        _errors = errors;
        Address = start.GetProperty("addresses")[0].GetString()!;
        Agents = start.GetProperty("agents").EnumerateArray().ToDictionary(agent => agent.GetProperty("name").GetString()!, agent => agent.Clone());
    }

    public string Address { get; }

    public int Port => int.Parse(Address.Split('/')[4], System.Globalization.CultureInfo.InvariantCulture);

    public IReadOnlyDictionary<string, JsonElement> Agents { get; }

    public static Task<RunningNode> StartAsync(string data, string? faultPoint, int port, params string[] more) =>
        StartAsync(data, faultPoint is null ? [] : new() { [KillAtFaultPoint.Variable] = faultPoint }, port, more);

    public static async Task<RunningNode> StartAsync(string data, Dictionary<string, string> environment, int port, params string[] more)
    {
        ProcessStartInfo start = NodeExecutable.Command(["up", "--data", data, "--json", "--no-mdns", "--http", "none", "--listen", $"/ip4/127.0.0.1/tcp/{port}", .. more]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Remove(KillAtFaultPoint.Variable);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        string? line = await process.StandardOutput.ReadLineAsync(patience.Token);
        Assert.True(line is not null, line is null ? await errors : "");
        return new RunningNode(process, JsonDocument.Parse(line!).RootElement, errors);
    }

    /// <summary>Waits until the fault point has ended the process, and proves that it was a kill.</summary>
    public async Task DiesAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        Assert.Equal(128 + 9, _process.ExitCode);
    }

    /// <summary>Waits until it has gone down by itself; its exit code and what it said.</summary>
    public async Task<(int ExitCode, string Errors)> GoesDownAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>As Ctrl-C or a service manager would.</summary>
    public async Task StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        Assert.True(_process.ExitCode == 0, await _errors);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
