using System.Text.Json.Serialization;

namespace Betar.Node.Selling;

/// <summary>JSON of the marketplace's wire.</summary>
[JsonSerializable(typeof(List<Listing>))]
internal sealed partial class NodeJson : JsonSerializerContext;
