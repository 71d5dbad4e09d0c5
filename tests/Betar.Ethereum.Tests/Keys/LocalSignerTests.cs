using Betar.Crypto;
using Betar.Ethereum.Eip712;
using Betar.Ethereum.Keys;
using Betar.Ethereum.Tests.Eip712;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Keys;

/// <summary>A key of this process, behind the same interface as one elsewhere.</summary>
public sealed class LocalSignerTests
{
    [Fact]
    public async Task Every_message_that_viem_hashed_is_signed_by_its_account_with_a_low_s()
    {
        ISigner signer = new LocalSigner(TestKeys.Payer);
        Assert.Equal(TestKeys.PayerAddress, signer.Address);
        var publicKey = new byte[64];
        foreach (var vector in ViemTypedData.All)
        {
            var data = new TypedData(vector.Types, ViemTypedData.Root, vector.Domain, vector.Message);
            Assert.True((await signer.SignTypedDataAsync(data, default)).TryGetValue(out var signature));

            Assert.Equal(65, signature.Length);
            Assert.InRange(signature[64], 27, 28);
            Assert.True(UInt256.ReadBigEndian(signature.AsSpan(32, 32)) <= LowS.Max);
            Assert.True(Secp256k1.TryRecover(Hash32.Parse(vector.Digest).ToArray(), signature.AsSpan(0, 64), signature[64] - 27, publicKey));
            Assert.Equal(TestKeys.PayerAddress, Address.FromPublicKey(publicKey));
        }
    }

    [Fact]
    public async Task A_transaction_is_signed_as_by_the_key_itself()
    {
        var transaction = new Eip1559Transaction { ChainId = 1, Nonce = 2, GasLimit = 21_000, To = TestKeys.Usdc };
        var outcome = await new LocalSigner(TestKeys.Payer).SignTransactionAsync(transaction, default);

        Assert.True(outcome.TryGetValue(out var signed));
        Assert.Equal((transaction.Sign(TestKeys.Payer).Hash, TestKeys.PayerAddress), (signed.Hash, signed.Sender));
    }

    [Fact]
    public async Task A_key_that_was_closed_signs_nothing_more()
    {
        var key = PrivateKey.Generate();
        var signer = new LocalSigner(key);
        key.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => signer.SignTypedDataAsync(MailOfTheEip.Create(), default));
    }

    [Fact]
    public async Task No_outcome_prints_what_it_holds()
    {
        var outcome = await new LocalSigner(TestKeys.Payer).SignTypedDataAsync(MailOfTheEip.Create(), default);
        var sealedKey = KeystoreFile.Seal(TestKeys.Payer, "x"u8, new ScryptDerivation(2, 1, 1));
        using var key = KeystoreFile.Open(sealedKey, "x"u8).Key!;
        var secret = new byte[32];
        key.Export(secret);

        Assert.Equal("Done ", outcome.ToString());
        Assert.DoesNotContain(Convert.ToHexString(secret)[..8], KeystoreFile.Open(sealedKey, "x"u8).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexString(secret)[..8], $"{key}", StringComparison.OrdinalIgnoreCase);
    }
}
