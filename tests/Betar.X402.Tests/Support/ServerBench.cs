using System.Text;
using Betar.Tests.Shared;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.X402.Tests.Support;

/// <summary>A stream server with everything around it under the test's hand: clock, stream, handler, counters.</summary>
internal sealed class ServerBench : IDisposable
{
    public ManualTime Time { get; } = new();

    public ScriptedStream Stream { get; } = new();

    public LimitHits Metrics { get; } = new();

    public List<Exception> Faults { get; } = [];

    public TestHandler Handler { get; } = new();

    public X402StreamServer Server(X402ServerOptions? options = null) =>
        new(Handler, options ?? new X402ServerOptions(), Time, (fault, _) => Faults.Add(fault));

    /// <summary>The next frame that the server wrote.</summary>
    public async Task<(string Type, byte[] Data)> NextAsync()
    {
        var written = await Stream.NextWriteAsync();
        var typeLength = written[1];
        return (Encoding.ASCII.GetString(written, 2, typeLength), written[(6 + typeLength)..]);
    }

    public async Task<X402Error> NextErrorAsync()
    {
        var (type, data) = await NextAsync();
        Assert.Equal(MessageTypes.Error, type);
        return MessageCodec.ParseError(data).Value!;
    }

    public void Dispose()
    {
        Stream.Dispose();
        Metrics.Dispose();
    }
}
