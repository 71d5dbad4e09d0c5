using System.CommandLine;
using System.Text;
using Betar.Libp2p;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p dial</c>: stdin to a stream of a peer, half-close, the answer to stdout.</summary>
internal static class PeerDialCommand
{
    /// <summary>No peer takes a longer name: it would not fit a message of the negotiation.</summary>
    public const int MaxProtocolBytes = 1000;

    private const int BufferSize = 64 * 1024;

    private static readonly Argument<string> Address = PeerArguments.Address();

    private static readonly Option<string> Protocol = new("--protocol") { Description = "What to speak, such as /echo/1.0.0", HelpName = "ID", Required = true };

    public static Command Create(CliHost host) =>
        CliCommand.Create("dial", "Send stdin to a peer on a protocol, and its answer to stdout", host, RunAsync, Address, Protocol);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var protocol = arguments.GetRequiredValue(Protocol);
        return protocol.Length > 0 && !protocol.Any(char.IsControl) && Encoding.UTF8.GetByteCount(protocol) <= MaxProtocolBytes
            ? PeerClient.RunAsync(context, arguments.GetRequiredValue(Address), async (host, to) =>
            {
                await using var stream = await host.OpenStreamAsync(to.Peer, protocol, cancellation);
                await CarryAsync(context, stream, cancellation);
            }, cancellation)
            : Task.FromResult<CliRefusal?>(ErrorCatalog.BadOptionValue.Refuse(
                $"--protocol is not 1 to {MaxProtocolBytes} bytes without control characters", "write it as /echo/1.0.0"));
    }

    // Whichever way breaks first ends both; a peer that has said everything may still be listening, so its end alone ends nothing.
    private static async Task CarryAsync(CommandContext context, Libp2pStream stream, CancellationToken cancellation)
    {
        var sending = SendAsync(context.Input, stream, cancellation);
        var receiving = ReceiveAsync(stream, context.Output, cancellation);
        try
        {
            // A terminal's read cannot be cancelled; it is left behind when the command ends.
            await (await Task.WhenAny(sending, receiving).WaitAsync(cancellation));
            await Task.WhenAll(sending, receiving).WaitAsync(cancellation);
        }
        catch
        {
            stream.Reset();
            _ = sending.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            _ = receiving.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    private static async Task SendAsync(Stream input, Libp2pStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        while (await ReadAsync(input, buffer, cancellation) is > 0 and var read)
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellation);
        await stream.CloseWriteAsync(cancellation);
    }

    private static async Task<int> ReadAsync(Stream input, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            // Off this thread: a terminal or a pipe blocks until there is something.
            return await Task.Run(() => input.Read(buffer), cancellation);
        }
        catch (IOException fault)
        {
            throw new CliRefusedException(ErrorCatalog.FileNotReadable.Refuse($"stdin cannot be read ({fault.Message})") with { Cause = fault });
        }
    }

    private static async Task ReceiveAsync(Libp2pStream stream, Stream output, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            await output.WriteAsync(buffer.AsMemory(0, read), cancellation);
        await output.FlushAsync(cancellation);
    }
}
