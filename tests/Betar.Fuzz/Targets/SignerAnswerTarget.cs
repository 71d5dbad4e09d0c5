using System.Net;
using Betar.Ethereum;
using Betar.Ethereum.Keys;

namespace Betar.Fuzz.Targets;

/// <summary>What an external signer answers: the transaction that was asked for, or nothing.</summary>
internal sealed class SignerAnswerTarget : IFuzzTarget
{
    /// <summary>The account and the transaction of the corpus.</summary>
    private static readonly Address Account = Address.Parse("0x40D6B846c1A945d2dfde794666F3B948FAF126B1");

    private static readonly Eip1559Transaction Asked = new()
    {
        ChainId = 84532, Nonce = 7, MaxFeePerGas = 1_000_000, GasLimit = 90_000, To = Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e"),
    };

    public string Name => "signer-answer";

    public long MemoryBound(int length) => (512 * 1024) + (64L * length);

    public bool Take(byte[] input)
    {
        using var http = new HttpClient(new Answering(input));
        var signing = new ExternalSigner(http, new Uri("http://signer.test"), Account).SignTransactionAsync(Asked, CancellationToken.None);
        var outcome = signing.GetAwaiter().GetResult();
        FuzzException.Unless(
            !outcome.TryGetValue(out var signed) || (signed.Sender == Account && signed.Transaction.EncodeUnsigned().AsSpan().SequenceEqual(Asked.EncodeUnsigned())),
            "something else was signed than was asked for");
        return outcome.Status == SignerStatus.Done;
    }

    private sealed class Answering(byte[] answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer) });
    }
}
