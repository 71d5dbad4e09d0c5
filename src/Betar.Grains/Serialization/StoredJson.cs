using System.Text.Json.Serialization;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Payments;
using Betar.Grains.Workflows;

namespace Betar.Grains.Serialization;

/// <summary>What is kept as JSON in the store.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AgentSpec))]
[JsonSerializable(typeof(WorkflowRecord))]
[JsonSerializable(typeof(ReservedBody))]
[JsonSerializable(typeof(DeliveredBody))]
internal sealed partial class StoredJson : JsonSerializerContext;
