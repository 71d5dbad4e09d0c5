namespace Betar.Libp2p.PubSub.Scoring;

/// <summary>What is counted of one peer in one topic, with its weights.</summary>
internal sealed class TopicStats(TopicScoreOptions options)
{
    private TimeSpan _grafted;
    private bool _active;

    public bool InMesh { get; private set; }

    public TimeSpan InMeshFor { get; private set; }

    public double First { get; private set; }

    public double InMeshDeliveries { get; private set; }

    public double Failures { get; private set; }

    public double Invalid { get; private set; }

    private double Deficit => _active && InMeshDeliveries < options.MeshDeliveriesThreshold ? options.MeshDeliveriesThreshold - InMeshDeliveries : 0;

    public double Score
    {
        get
        {
            var quanta = InMesh ? Math.Min(Math.Floor(InMeshFor / options.TimeInMeshQuantum), options.TimeInMeshCap) : 0;
            return options.Weight * ((quanta * options.TimeInMeshWeight) + (First * options.FirstDeliveriesWeight)
                + (Deficit * Deficit * options.MeshDeliveriesWeight) + (Failures * options.MeshFailureWeight) + (Invalid * Invalid * options.InvalidWeight));
        }
    }

    public void Graft(TimeSpan now) => (InMesh, _active, _grafted, InMeshFor) = (true, false, now, TimeSpan.Zero);

    public void Prune()
    {
        if (InMesh)
            Failures += Deficit * Deficit;
        (InMesh, _active) = (false, false);
    }

    /// <summary>The peer is gone: what was missing stays, what it had brought does not.</summary>
    public void Disconnect()
    {
        Prune();
        First = 0;
    }

    public void DeliverFirst()
    {
        First = Math.Min(First + 1, options.FirstDeliveriesCap);
        DeliverInMesh();
    }

    /// <param name="since">How long ago the message was found good.</param>
    public void DeliverAgain(TimeSpan since)
    {
        if (since <= options.MeshDeliveriesWindow)
            DeliverInMesh();
    }

    public void DeliverInvalid() => Invalid++;

    public void Decay(TimeSpan now, double zero)
    {
        First = Decayed(First, options.FirstDeliveriesDecay, zero);
        InMeshDeliveries = Decayed(InMeshDeliveries, options.MeshDeliveriesDecay, zero);
        Failures = Decayed(Failures, options.MeshFailureDecay, zero);
        Invalid = Decayed(Invalid, options.InvalidDecay, zero);
        if (!InMesh)
            return;
        InMeshFor = now - _grafted;
        _active |= InMeshFor > options.MeshDeliveriesActivation;
    }

    public static double Decayed(double value, double decay, double zero) => value * decay is var left && left < zero ? 0 : left;

    private void DeliverInMesh()
    {
        if (InMesh)
            InMeshDeliveries = Math.Min(InMeshDeliveries + 1, options.MeshDeliveriesCap);
    }
}
