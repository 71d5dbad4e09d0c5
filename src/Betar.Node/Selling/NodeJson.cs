using System.Text.Json.Serialization;

namespace Betar.Node.Selling;

/// <summary>JSON of the marketplace's wire. A null where a value belongs is malformed, whoever sends it.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(List<Listing>))]
internal sealed partial class NodeJson : JsonSerializerContext;
