using System.Buffers;
using System.Net;
using Betar.Ethereum.Devnet;

namespace Betar.Cluster.Tests.Support;

/// <summary>Brings the chain client's HTTP requests to a chain in this process: the real client, no sockets.</summary>
internal sealed class ChainHandler(DevnetChain chain) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var response = new ArrayBufferWriter<byte>();
        DevnetAnswer answer = await chain.ExecuteJsonRpcAsync(body, response, cancellationToken);
        return answer switch
        {
            DevnetAnswer.Body => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(response.WrittenSpan.ToArray()) },
            DevnetAnswer.Empty => new HttpResponseMessage(HttpStatusCode.NoContent),
            _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
        };
    }
}
