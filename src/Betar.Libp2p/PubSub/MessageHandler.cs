namespace Betar.Libp2p.PubSub;

/// <summary>Looks at a message and takes it. Several may run at once, up to the topic's bound.</summary>
public delegate ValueTask<MessageVerdict> MessageHandler(PubSubMessage message, CancellationToken cancellationToken);
