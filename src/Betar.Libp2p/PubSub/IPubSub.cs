namespace Betar.Libp2p.PubSub;

/// <summary>Messages to everybody who takes part in a topic.</summary>
public interface IPubSub
{
    /// <summary>Takes part in a topic from now on; disposing the answer leaves it. One part per topic and host.</summary>
    /// <param name="name">The topic.</param>
    /// <param name="handler">Called once for each message of others whose signature is right; its verdict decides whether it is passed on.</param>
    /// <param name="options">Bounds of this topic.</param>
    ITopic Join(string name, MessageHandler handler, TopicOptions? options = null);
}
