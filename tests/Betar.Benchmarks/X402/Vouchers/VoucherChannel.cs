using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402;
using Betar.X402.Networks;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Wire;

namespace Betar.Benchmarks.X402.Vouchers;

/// <summary>One channel of one payer, and the bodies of its next calls.</summary>
internal sealed class VoucherChannel : IDisposable
{
    private const ulong Price = 1_000;
    private const ulong WithdrawDelay = 900;
    private const string Seller = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";

    private static readonly PaymentAsset s_asset = PaymentAsset.BaseSepoliaUsdc;

    private static readonly Requirement s_requirement = new()
    {
        Scheme = BatchContracts.Scheme, Network = s_asset.Network.ToString(), Amount = $"{Price}", Asset = s_asset.Address.ToString(), PayTo = Seller,
        MaxTimeoutSeconds = 60,
        Extra = JsonSerializer.SerializeToElement(new { name = s_asset.Domain.Name, version = s_asset.Domain.Version, receiverAuthorizer = Seller, withdrawDelay = WithdrawDelay }),
    };

    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly ChannelConfig _config;
    private ulong _signed;

    public VoucherChannel()
    {
        Address payer = Address.FromKey(_key), seller = Address.Parse(Seller);
        _config = new ChannelConfig(payer, payer, seller, seller, s_asset.Address, WithdrawDelay, Hash32.Zero);
    }

    /// <summary>Money for more calls than any bench makes.</summary>
    public Task OpenAsync(IChannelBook book) =>
        book.DepositedAsync(PaymentChannel.Of(s_asset.Network, _config), Nonce.Random(), 1_000_000_000_000_000, CancellationToken.None);

    public async Task<byte[][]> SignAsync(int count)
    {
        var client = new BatchClient(new LocalSigner(_key), TimeProvider.System);
        var bodies = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            _signed += Price;
            JsonElement voucher = await client.SignVoucherAsync(s_asset, _config, _signed, CancellationToken.None)
                ?? throw new InvalidOperationException("The buyer did not sign.");
            bodies[i] = WireCodec.Write(new FacilitatorCall
            {
                Payment = new PaymentPayload { Scheme = s_requirement.Scheme, Network = s_requirement.Network, Accepted = s_requirement, Payload = voucher },
                Requirement = s_requirement,
            });
        }

        return bodies;
    }

    public void Dispose() => _key.Dispose();
}
