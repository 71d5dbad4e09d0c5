using System.Buffers;
using System.Net;
using System.Text;
using Betar.Ethereum.Devnet;

namespace Betar.Cluster.Tests.Support;

/// <summary>Brings the chain client's HTTP requests to a chain in this process: the real client, no sockets.</summary>
internal sealed class ChainHandler(DevnetChain chain) : HttpMessageHandler
{
    /// <summary>What the node says instead of the truth; null: the truth.</summary>
    public Func<string, string>? Lie { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var response = new ArrayBufferWriter<byte>();
        DevnetAnswer answer = await chain.ExecuteJsonRpcAsync(body, response, cancellationToken);
        return answer switch
        {
            DevnetAnswer.Body => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Told(response.WrittenSpan)) },
            DevnetAnswer.Empty => new HttpResponseMessage(HttpStatusCode.NoContent),
            _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
        };
    }

    private byte[] Told(ReadOnlySpan<byte> truth) =>
        Lie is { } lie ? Encoding.UTF8.GetBytes(lie(Encoding.UTF8.GetString(truth))) : truth.ToArray();
}
