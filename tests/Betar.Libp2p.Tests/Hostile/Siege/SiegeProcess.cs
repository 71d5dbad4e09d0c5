using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Betar.Libp2p.Tests.Hostile.Siege;

/// <summary>One of the two processes of a siege. It ends with its input, and so never outlives the tests.</summary>
internal sealed class SiegeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _errors;

    private SiegeProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gives the process once it is ready, and what it said then.</summary>
    public static async Task<(SiegeProcess Process, JsonNode Ready)> StartAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Betar.Libp2p.Siege.dll");
        var process = new SiegeProcess(Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        return (process, await process.ReadAsync());
    }

    public async Task<JsonNode> AskAsync(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended before; how, the end of this says.
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            if (_process.ExitCode != 0)
                throw new InvalidOperationException($"The process ended with {_process.ExitCode}: {await _errors}");
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw;
        }
        finally
        {
            _process.Dispose();
        }
    }

    private async Task<JsonNode> ReadAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return line is not null ? JsonNode.Parse(line)! : throw new InvalidOperationException($"The process ended: {await _errors}");
    }
}
