using System.Globalization;
using Betar.Contracts.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Client;

/// <summary>Fees and both kinds of transactions, as a node takes them.</summary>
public sealed class FeeTests(Anvil anvil) : ChainTest(anvil)
{
    private const ulong Gwei = 1_000_000_000;

    [Fact]
    public async Task A_legacy_transaction_is_included_under_its_hash()
    {
        var nonce = await Anvil.Chain.GetTransactionCountAsync(Account.Relayer.Address, BlockTag.Pending, default);
        var signed = new LegacyTransaction { ChainId = Anvil.ChainId, Nonce = nonce, GasLimit = 21_000, To = Account.Seller.Address }.Sign(Account.Relayer.Key);
        var sent = await Anvil.Chain.SendRawTransactionAsync(signed.Raw, default);
        await Anvil.RequestAsync("evm_mine");
        var receipt = await Anvil.Chain.GetReceiptAsync(signed.Hash, default);

        Assert.Equal(signed.Hash, sent.Value);
        Assert.Equal((true, Account.Relayer.Address), (receipt!.Succeeded, receipt.From));
        Assert.Equal(
            new KnownTransaction(signed.Hash, Account.Relayer.Address, nonce, receipt.BlockNumber) { To = Account.Seller.Address, DataHash = new Hash32(Keccak256.Hash([])) }, (await Anvil.Chain.FindTransactionAsync(signed.Hash, default)).Value);
    }

    [Fact]
    public async Task A_quoted_fee_is_enough_and_the_balance_pays_for_it()
    {
        await Anvil.RequestAsync("anvil_setBalance", Account.Stranger.Address.ToString(), "0xde0b6b3a7640000");
        await Anvil.RequestAsync("anvil_setNextBlockBaseFeePerGas", Hex(9 * Gwei));
        await Anvil.RequestAsync("evm_mine");
        var outcome = await new FeeOracle(Anvil.Chain, new FeeOptions { MinPriorityFeePerGas = Gwei }).QuoteAsync(default);
        Assert.True(outcome.TryGetQuote(out var quote), outcome.Detail);
        var before = (await Anvil.Chain.GetBalanceAsync(Account.Stranger.Address, default)).Value;
        var receipt = await Anvil.IncludeAsync(Transfer(quote, 0));
        var after = (await Anvil.Chain.GetBalanceAsync(Account.Stranger.Address, default)).Value;

        Assert.Equal((true, 9 * Gwei), (receipt.Succeeded, quote.BaseFeePerGas));
        Assert.True(before - after > 21_000 * 8 * Gwei && before - after <= quote.MostFor(21_000), $"{before - after}");
    }

    [Fact]
    public async Task A_replacement_takes_the_place_and_an_equal_offer_does_not()
    {
        await Anvil.RequestAsync("anvil_setBalance", Account.Stranger.Address.ToString(), "0xde0b6b3a7640000");
        var oracle = new FeeOracle(Anvil.Chain);
        var quote = new FeeQuote(10 * Gwei, Gwei, 0, HasBaseFee: true);
        var first = Transfer(quote, 0);
        Assert.True((await Anvil.Chain.SendRawTransactionAsync(first.Raw, default)).IsValue);

        var tooLittle = await Anvil.Chain.SendRawTransactionAsync(Transfer(quote with { MaxPriorityFeePerGas = Gwei - 1 }, 0).Raw, default);
        var second = Transfer(oracle.Replace(quote, null).Quote!, 0);
        Assert.Contains("underpriced", tooLittle.Error!.Message, StringComparison.Ordinal);
        Assert.True((await Anvil.IncludeAsync(second)).Succeeded);
        Assert.Null(await Anvil.Chain.GetReceiptAsync(first.Hash, default));
    }

    [Fact]
    public async Task Above_the_ceiling_there_is_no_quote()
    {
        await Anvil.RequestAsync("anvil_setNextBlockBaseFeePerGas", Hex(201 * Gwei));
        await Anvil.RequestAsync("evm_mine");

        Assert.Equal("fee_above_ceiling", (await new FeeOracle(Anvil.Chain).QuoteAsync(default)).Code);
    }

    private static SignedTransaction Transfer(FeeQuote quote, ulong nonce) => new Eip1559Transaction
    {
        ChainId = Anvil.ChainId, Nonce = nonce, GasLimit = 21_000, To = Account.Seller.Address,
        MaxFeePerGas = quote.MaxFeePerGas, MaxPriorityFeePerGas = quote.MaxPriorityFeePerGas,
    }.Sign(Account.Stranger.Key);

    private static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
