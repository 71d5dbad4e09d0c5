using System.Text.Json;
using System.Threading.Channels;
using Betar.Libp2p.Events;

namespace Betar.Node.Cli.Peering;

/// <summary>Prints what happens to peers, a line each. A reader that is too slow loses lines and is told how many.</summary>
internal sealed class PeerEventLines
{
    /// <summary>Events that wait to be printed; peers make more of them as they like, so there is an end.</summary>
    public const int MaxWaiting = 1024;

    private readonly CommandContext context;
    private readonly Channel<HostEventArgs> waiting;
    private int lost;

    public PeerEventLines(CommandContext context)
    {
        this.context = context;
        var options = new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true };
        waiting = Channel.CreateBounded<HostEventArgs>(options, _ => Interlocked.Increment(ref lost));
    }

    /// <summary>The host's event handler, which must not block.</summary>
    public void Take(object? sender, HostEventArgs happened) => waiting.Writer.TryWrite(happened);

    /// <summary>Nothing more will happen.</summary>
    public void End() => waiting.Writer.Complete();

    public async Task PrintAsync()
    {
        await foreach (var happened in waiting.Reader.ReadAllAsync())
        {
            Print(happened);
            if (Interlocked.Exchange(ref lost, 0) is > 0 and var count)
                PrintLost(count);
        }
    }

    private void Print(HostEventArgs happened)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer => Write(writer, happened));
            return;
        }

        var more = happened switch
        {
            { Kind: HostEventKind.Connected } => $", {happened.Connection.Security}, {happened.Connection.Muxer}",
            { Identified: { } said } => $", {VisibleText.Of(said.Info.AgentVersion)}, serves {VisibleText.Of(string.Join(' ', said.Info.Protocols))}",
            _ => "",
        };
        context.Out.WriteLine($"{Words(happened.Kind),-17} {happened.Peer} at {happened.Connection.Remote}{more}");
        context.Out.Flush();
    }

    private void PrintLost(int count)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("event", "lost");
                writer.WriteNumber("count", count);
                writer.WriteEndObject();
            });
            return;
        }

        context.Out.WriteLine($"{count} lines were lost: they came faster than they were read");
        context.Out.Flush();
    }

    private static void Write(Utf8JsonWriter writer, HostEventArgs happened)
    {
        writer.WriteStartObject();
        writer.WriteString("event", JsonNamingPolicy.CamelCase.ConvertName(happened.Kind.ToString()));
        writer.WriteString("peerId", happened.Peer.ToString());
        writer.WriteString("address", happened.Connection.Remote.ToString());
        writer.WriteBoolean("inbound", happened.Connection.Inbound);
        if (happened.Kind == HostEventKind.Connected)
        {
            writer.WriteString("security", happened.Connection.Security);
            writer.WriteString("muxer", happened.Connection.Muxer);
        }

        if (happened.Identified is { } said)
            PeerJson.WriteIdentified(writer, said);
        writer.WriteEndObject();
    }

    private static string Words(HostEventKind kind) => kind switch
    {
        HostEventKind.ProtocolsChanged => "protocols changed",
        _ => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()),
    };
}
