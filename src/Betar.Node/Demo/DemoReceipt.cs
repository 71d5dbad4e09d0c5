using Betar.Grains.Abstractions.Buying;

namespace Betar.Node.Demo;

/// <summary>What was bought, and the proof.</summary>
internal sealed record DemoReceipt(string AgentName, string AgentId, string Input, PurchaseResult Purchase);
