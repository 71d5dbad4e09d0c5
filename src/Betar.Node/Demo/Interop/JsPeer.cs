using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Demo.Interop;

/// <summary>A js-libp2p node in a process of its own, driven by lines of JSON. It ends with its input, so it never outlives us.</summary>
internal sealed class JsPeer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly TimeProvider _time;
    private int _asked;

    private JsPeer(Process process, TimeProvider time) => (_process, _errors, _time) = (process, process.StandardError.ReadToEndAsync(), time);

    public string PeerId { get; private set; } = "";

    /// <summary>What it is made of.</summary>
    public string Version { get; private set; } = "";

    public static async Task<JsPeer> StartAsync(JsTools tools, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(tools.Node, [tools.Program])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new CliRefusedException(
                ErrorCatalog.ChildDidNotStart.Refuse($"{tools.Node} cannot be started: {fault.Message}", "run eng/tools interop in the repository") with { Cause = fault });
        }

        var peer = new JsPeer(process, time);
        try
        {
            JsonElement started = await peer.AskAsync("start", null, cancellationToken);
            JsonElement versions = started.GetProperty("versions");
            (peer.PeerId, peer.Version) = (started.GetProperty("peerId").GetString()!, $"js-libp2p {versions.GetProperty("libp2p").GetString()}");
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>One command after the other; the answer's fields.</summary>
    public async Task<JsonElement> AskAsync(string command, Action<Utf8JsonWriter>? writeFields, CancellationToken cancellationToken)
    {
        JsonElement answer = await ExchangeAsync(command, writeFields, cancellationToken);
        return Succeeded(answer) ? answer : throw Failed($"The js-libp2p peer could not {command}: {answer.GetProperty("error").GetProperty("message").GetString()}");
    }

    /// <summary>Null when the peer could not do it, as when the other side went away.</summary>
    public async Task<JsonElement?> TryAskAsync(string command, Action<Utf8JsonWriter>? writeFields, CancellationToken cancellationToken)
    {
        JsonElement answer = await ExchangeAsync(command, writeFields, cancellationToken);
        return Succeeded(answer) ? answer : null;
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing is left to say: what it did not take while it lived, it needs no more.
        _process.StandardInput.BaseStream.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_patience, _time);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<JsonElement> ExchangeAsync(string command, Action<Utf8JsonWriter>? writeFields, CancellationToken cancellationToken)
    {
        int id = ++_asked;
        using var deadline = new CancellationTokenSource(s_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            JsonOutput.WriteLine(_process.StandardInput, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", id);
                writer.WriteString("do", command);
                writer.WriteNumber("node", 1);
                writeFields?.Invoke(writer);
                writer.WriteEndObject();
            });
            while (await _process.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                if (document.RootElement.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id)
                    return document.RootElement.Clone();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"The js-libp2p peer did not {command} within {s_patience.TotalSeconds:0} s");
        }
        catch (IOException)
        {
            // It is gone; what it said at its end says why.
        }

        throw Failed($"The js-libp2p peer ended: {(await _errors).Trim()}");
    }

    private static bool Succeeded(JsonElement answer) => answer.GetProperty("ok").GetBoolean();

    private static CliRefusedException Failed(string sentence) => new(ErrorCatalog.DemoFailed.Refuse(sentence));
}
