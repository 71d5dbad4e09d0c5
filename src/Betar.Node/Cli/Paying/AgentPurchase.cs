using System.Text;
using Betar.Crypto;
using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Node.Cli.Wallets;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Http.Buying;
using Betar.X402.Protocol;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Cli.Paying;

/// <summary>Buys one task from an agent of a peer, as the data folder's own peer: a quote binds who asked for it.</summary>
internal sealed class AgentPurchase(CommandContext context, PayOrder order, AgentTarget target)
{
    private string Seller => target.Where.ToString();

    public async Task<CliRefusal?> RunAsync(CancellationToken cancellation)
    {
        var key = WalletArguments.Of(context).Load(order.Wallet);
        if (!key.IsOk)
            return key.Refusal;
        using var signing = key.Value;
        var identity = NodeIdentity.OpenKey(context.Data);
        if (!identity.IsOk)
            return identity.Refusal;
        using var peer = identity.Value;
        using var loggers = NodeLogging.Create(context, LogLevel.None);
        await using var host = Libp2pHost.CreateBuilder().WithIdentity(peer).WithTime(context.Time).WithLogging(loggers)
            .Configure(options => options.IdentifyPeers = false).Build();
        await host.StartAsync(cancellation);
        if (target.Others.Count > 0)
            await host.AddAddressesAsync(target.Where.Peer!.Value, target.Others, cancellation);
        using var deadline = new CancellationTokenSource(PayOrder.Deadline, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await BuyAsync(host, signing, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return ErrorCatalog.SellerUnreachable.Refuse($"{target.Agent} did not answer within {PayOrder.Deadline.TotalSeconds:0} s", order.Again);
        }
    }

    private async Task<CliRefusal?> BuyAsync(Libp2pHost host, PrivateKey key, CancellationToken cancellation)
    {
        var sellers = new PeerSellerChannel(host, new X402ClientOptions(), context.Time);
        using var intents = new FileIntentStore(context.Data);
        if (await intents.BeginAsync(order.Intent, cancellation) is { } known)
            return Signed(known) is { } paid && IsThis(known, paid)
                ? await new PaymentShow(context, order, target.Agent, known).RunAsync(sellers, Seller, paid, cancellation)
                : ErrorCatalog.PurchaseConflict.Refuse($"The intent {order.Intent} paid for something else", "use another intent");

        var offers = new AgentOffers(context, order, target);
        var listing = await offers.FindAsync(host, cancellation);
        if (!listing.IsOk)
            return listing.Refusal;
        var agentId = listing.Value.Id;
        var body = new TaskBody(order.Body ?? "", agentId).Write();
        var asked = new X402Request { CorrelationId = order.Intent, Resource = agentId, Body = body };
        switch (await sellers.RequestAsync(Seller, asked, cancellation))
        {
            case { Reply: X402Response free }:
                PaidReceipt.Print(context, order.Intent, agentId, OutputBody.Decode(free.Body.Span), null, "", "");
                return null;
            case { Reply: PaymentRequired quote }:
                var signed = new AuthorizationSigner(key, context.Time).Sign(quote, offers.PolicyFor(listing.Value));
                if (signed.Refusal == OfferRefusal.KeepsPayment)
                    return ErrorCatalog.KeepsPayment.Refuse($"{target.Agent} keeps the payment when its work fails");
                if (!signed.IsSigned)
                    return ErrorCatalog.OfferRefused.Refuse($"What {target.Agent} demands is not what it lists ({signed.Refusal})");
                var paid = new PaidRequest { CorrelationId = order.Intent, Payment = signed.Payment, Body = body };
                var record = new IntentRecord(Origin(agentId), PaymentShow.Kind, Convert.ToBase64String(MessageCodec.Write(paid)), signed.Key, signed.Amount, signed.ValidBefore);
                if (offers.Pin(listing.Value) is { } changed)
                    return changed;
                await intents.SaveAsync(order.Intent, record, cancellation);
                return await new PaymentShow(context, order, target.Agent, record).RunAsync(sellers, Seller, paid, cancellation);
            case { Reply: X402Error error }:
                return PaymentShow.Refused(target.Agent, error, ErrorCatalog.SellerRefused);
            case var silent:
                return ErrorCatalog.SellerUnreachable.Refuse($"{target.Agent} does not answer ({VisibleText.Of(silent.Fault)})", "run it again; nothing was signed");
        }
    }

    private string Origin(string agentId) => $"{target.Where.Peer}/{agentId}";

    private bool IsThis(IntentRecord known, PaidRequest paid) =>
        TaskBody.Parse(paid.Body.Span).Value is { } task && task.Input == (order.Body ?? "") && known.Origin == Origin(task.Resource);

    private static PaidRequest? Signed(IntentRecord record) => record.Header == PaymentShow.Kind
        ? MessageCodec.ParsePaidRequest(Convert.FromBase64String(record.Value)).Value
        : null;
}
