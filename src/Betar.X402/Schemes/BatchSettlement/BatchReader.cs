using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Protocol.Json;
using Betar.X402.Verification;
using Betar.X402.Wire;
using Betar.X402.Wire.Json;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>Reads vouchers and deposits; each field has one exact form.</summary>
internal static class BatchReader
{
    internal static VerificationOutcome TryRead(JsonElement payload, PaymentOffer offer, Requirement requirement, AtomicAmount agreed, SignatureCheckOptions? wallets, out BatchPayment? payment)
    {
        payment = null;
        try
        {
            var members = new JsonMembers(payload);
            var type = members.Text("type");
            if (type is not ("voucher" or "deposit"))
            {
                return BatchReasons.PayloadType;
            }

            var config = Config(members.Object("channelConfig"));
            var voucher = members.Object("voucher");

            // An authoriser is a key; without one the payer signs, who may be a contract.
            var outcome = TypedSignature.Read(voucher.Text("signature"), config.PayerAuthorizer.IsZero ? wallets : null, out var signature);
            if (!outcome.IsAccepted)
            {
                return outcome;
            }

            outcome = ReadDeposit(type == "deposit" ? members.Object("deposit") : null, wallets, out var deposit);
            if (!outcome.IsAccepted)
            {
                return outcome;
            }

            payment = new BatchPayment(config, Hash(voucher.Text("channelId")), Amount(voucher.Text("maxClaimableAmount")), signature, deposit, offer, requirement) { Agreed = agreed };
            return VerificationOutcome.Accepted;
        }
        catch (MalformedMessageException)
        {
            return VerificationReasons.PayloadMissing;
        }
    }

    private static ChannelConfig Config(JsonMembers members) => new(
        Account(members.Text("payer")), Account(members.Text("payerAuthorizer")), Account(members.Text("receiver")), Account(members.Text("receiverAuthorizer")),
        Account(members.Text("token")), members.Integer("withdrawDelay") is var delay and >= 0 and < 1L << 40 ? (ulong)delay : throw Malformed(), Hash(members.Text("salt")));

    private static VerificationOutcome ReadDeposit(JsonMembers? members, SignatureCheckOptions? wallets, out BatchDeposit? deposit)
    {
        deposit = null;
        if (members is not { } found)
        {
            return VerificationOutcome.Accepted;
        }

        var authorization = found.Object("authorization").Object("erc3009Authorization");
        var outcome = TypedSignature.Read(authorization.Text("signature"), wallets, out var signature);
        if (outcome.IsAccepted)
        {
            deposit = new BatchDeposit(
                Amount(found.Text("amount")), Number(authorization.Text("validAfter")), Number(authorization.Text("validBefore")), Salt(authorization.Text("salt")), signature);
        }

        return outcome;
    }

    // Vouchers count in 128 bits.
    private static AtomicAmount Amount(string text) =>
        AtomicAmount.TryParse(text, out var amount) && amount.Units <= (UInt256)UInt128.MaxValue ? amount : throw Malformed();

    private static UInt256 Number(string text) => UInt256.TryParseDecimal(text, out var number) ? number : throw Malformed();

    // As the official client writes it, in hex; others count.
    private static UInt256 Salt(string text) => Hash32.TryParse(text, out var hash) ? UInt256.ReadBigEndian(hash.ToArray()) : Number(text);

    private static Hash32 Hash(string text) => Hash32.TryParse(text, out var hash) ? hash : throw Malformed();

    private static Address Account(string text) => Address.TryParse(text, out var address) ? address : throw Malformed();

    private static MalformedMessageException Malformed() => new("A field of a channel is not in its form.");
}
