using System.Diagnostics;

namespace Betar.Sdk.Tests.Support;

/// <summary>A program that was built beside the tests, in a process of its own.</summary>
internal sealed class RunningProgram : IDisposable
{
    /// <summary>Far beyond what any of these takes; only a hang reaches it.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private RunningProgram(Process process) => _process = process;

    public static RunningProgram Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, name + ".dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("BETAR_DATA_DIR");
        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>What it printed, when it has ended well.</summary>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        using RunningProgram program = Start(name, arguments);
        (int code, string output, string error) = await program.EndAsync();
        Assert.True(code == 0, error);
        return output;
    }

    public async Task<string> ReadLineAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        return await _process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(limit.Token));
    }

    public async Task<(int Code, string Output, string Error)> EndAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        Task<string> output = _process.StandardOutput.ReadToEndAsync(limit.Token), error = _process.StandardError.ReadToEndAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await output, await error);
    }

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public async Task<int> StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        return (await EndAsync()).Code;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
