using Betar.Marketplace.Replication.Syncing;

namespace Betar.Fuzz.Targets;

/// <summary>Requests and pages of the bulk protocol: the same bytes are tried as both.</summary>
internal sealed class ReplicaSyncTarget : IFuzzTarget
{
    public string Name => "replica-sync";

    public bool Take(byte[] input)
    {
        var request = SyncCodec.DecodeRequest(input);
        if (request is not null)
        {
            var again = SyncCodec.DecodeRequest(SyncCodec.Encode(request));
            FuzzException.Unless(again is not null && again.Epoch == request.Epoch && again.After == request.After && again.MaxBytes == request.MaxBytes
                && again.Heads.SequenceEqual(request.Heads), "the request does not come back");
            FuzzException.Unless(request.Heads.Count <= SyncCodec.MostHeads && request.After >= 0 && request.MaxBytes > 0, "a limit is broken");
        }

        var page = SyncCodec.DecodePage(input);
        if (page is not null)
        {
            var again = SyncCodec.DecodePage(SyncCodec.Encode(page));
            FuzzException.Unless(again is not null && again.Epoch == page.Epoch && again.Last == page.Last && again.HasMore == page.HasMore
                && again.Nodes.Zip(page.Nodes).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span)), "the page does not come back");
            FuzzException.Unless(page.Nodes.Sum(node => node.Length) <= input.Length, "more nodes than bytes");
        }

        return request is not null || page is not null;
    }
}
