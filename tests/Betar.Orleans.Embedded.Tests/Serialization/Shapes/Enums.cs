namespace Betar.Orleans.Embedded.Tests.Serialization.Shapes;

#pragma warning disable CA1028 // Every width is what is tested.
public enum SByteEnum : sbyte;

public enum ShortEnum : short;

public enum UShortEnum : ushort;

public enum UIntEnum : uint;

public enum LongEnum : long;

public enum ULongEnum : ulong;
