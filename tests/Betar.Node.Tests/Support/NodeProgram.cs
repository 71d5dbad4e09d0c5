using System.Diagnostics;

namespace Betar.Node.Tests.Support;

/// <summary>The real executable as a process of its own.</summary>
public sealed class NodeProgram : IDisposable
{
    /// <summary>Far beyond what any of these commands takes; only a hang reaches it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private NodeProgram(Process process) => this.process = process;

    public int Id => process.Id;

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "Betar.Node");

    public static NodeProgram Start(params string[] args) => Start(new Dictionary<string, string>(), args);

    public static NodeProgram Start(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo(Executable)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("BETAR_DATA_DIR");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in args)
            start.ArgumentList.Add(argument);
        return new NodeProgram(Process.Start(start)!);
    }

    public static async Task<CliRun> RunAsync(params string[] args)
    {
        using var program = Start(args);
        return await program.EndAsync();
    }

    public async Task<string?> ReadLineAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        return await process.StandardOutput.ReadLineAsync(limit.Token);
    }

    /// <summary>Pipes these bytes in, then the end, and waits for the program's own end.</summary>
    public async Task<CliRun> FeedAsync(ReadOnlyMemory<byte> input)
    {
        var end = EndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        return await end;
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<CliRun> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new CliRun(process.ExitCode, await output, await error);
    }

    /// <summary>Sends a signal by name, such as TERM.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
