namespace Betar.Libp2p.PubSub;

/// <summary>What a peer's part in one topic is worth. The rate at which it delivers (P3) is off: a topic may be silent for minutes.</summary>
public sealed class TopicScoreOptions
{
    /// <summary>How much the topic counts; default 1.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>P1, for each quantum in the mesh; default 0.01.</summary>
    public double TimeInMeshWeight { get; set; } = 0.01;

    /// <summary>Default 1 s.</summary>
    public TimeSpan TimeInMeshQuantum { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most quanta that count; default 300.</summary>
    public double TimeInMeshCap { get; set; } = 300;

    /// <summary>P2, for each message that the peer was the first to bring; default 1.</summary>
    public double FirstDeliveriesWeight { get; set; } = 1;

    /// <summary>What is left at each decay; default 0.99.</summary>
    public double FirstDeliveriesDecay { get; set; } = 0.99;

    /// <summary>Default 50.</summary>
    public double FirstDeliveriesCap { get; set; } = 50;

    /// <summary>P3, what is missing of the expected deliveries in the mesh, squared; default 0: off.</summary>
    public double MeshDeliveriesWeight { get; set; }

    /// <summary>Default 0.97.</summary>
    public double MeshDeliveriesDecay { get; set; } = 0.97;

    /// <summary>Default 20.</summary>
    public double MeshDeliveriesCap { get; set; } = 20;

    /// <summary>The expected ones; default 4.</summary>
    public double MeshDeliveriesThreshold { get; set; } = 4;

    /// <summary>How long after the first copy another one counts; default 100 ms.</summary>
    public TimeSpan MeshDeliveriesWindow { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a peer is in the mesh before it is expected to deliver; default 30 s.</summary>
    public TimeSpan MeshDeliveriesActivation { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>P3b, what was missing when the peer left the mesh; default 0: off.</summary>
    public double MeshFailureWeight { get; set; }

    /// <summary>Default 0.97.</summary>
    public double MeshFailureDecay { get; set; } = 0.97;

    /// <summary>P4, messages that were refused, squared; default -20.</summary>
    public double InvalidWeight { get; set; } = -20;

    /// <summary>Default 0.995: a lie is remembered for minutes.</summary>
    public double InvalidDecay { get; set; } = 0.995;
}
