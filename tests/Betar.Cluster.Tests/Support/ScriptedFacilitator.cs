using System.Globalization;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.Cluster.Tests.Support;

/// <summary>A facilitator with an account of its own that does what a test wants with what it is given.</summary>
internal sealed class ScriptedFacilitator : IFacilitator, IDisposable
{
    private readonly PrivateKey _account = PrivateKey.Generate();

    public World World { get; set; } = null!;

    /// <summary>What becomes of a settlement; null: it is brought onto the chain and said to be.</summary>
    public Func<FacilitatorCall, Task<SettleResponse>>? Settle { get; set; }

    public bool IsThere { get; set; } = true;

    public string Network { get; set; } = "eip155:84532";

    /// <summary>Every settlement that was asked for, with the name of its attempt.</summary>
    public List<(FacilitatorCall Call, string? Attempt)> Asked { get; } = [];

    public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add((call, attempt));
        return await (Settle ?? BringAsync)(call);
    }

    /// <summary>As an honest one would.</summary>
    public async Task<SettleResponse> BringAsync(FacilitatorCall call)
    {
        var authorization = call.Payment.Payload.GetProperty("authorization");
        string Text(string name) => authorization.GetProperty(name).GetString()!;
        var signed = new SignedTransferAuthorization(
            Address.Parse(Text("from")), Address.Parse(Text("to")), UInt256.Parse(Text("value")),
            ulong.Parse(Text("validAfter"), CultureInfo.InvariantCulture), ulong.Parse(Text("validBefore"), CultureInfo.InvariantCulture),
            Hash32.Parse(Text("nonce")), Convert.FromHexString(call.Payment.Payload.GetProperty("signature").GetString()![2..]));
        TransactionReceipt receipt = await World.Chain.SendAsync(World.Chain.Token.Settle(signed), _account);
        return new SettleResponse { Success = receipt.Succeeded, Transaction = receipt.TransactionHash.ToString(), Network = call.Requirement.Network };
    }

    public Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => IsThere
        ? Task.FromResult(new SupportedKinds { Kinds = [new SupportedKind(2, "exact", Network)] })
        : Task.FromException<SupportedKinds>(new FacilitatorUnavailableException("Nobody answers."));

    public void Dispose() => _account.Dispose();
}
