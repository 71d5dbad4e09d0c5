namespace Betar.Node.Http.V1;

/// <summary>What a field of a request is.</summary>
internal enum FieldKind
{
    Text,
    Whole,
    Flag,
    Number,
    List,
    Object,
}
