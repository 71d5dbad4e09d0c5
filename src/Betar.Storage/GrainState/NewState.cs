using System.Reflection;
using System.Runtime.CompilerServices;

namespace Betar.Storage.GrainState;

/// <summary>The state of a grain that has none yet.</summary>
internal static class NewState
{
    public static T Of<T>() => Maker<T>.Make();

    private static class Maker<T>
    {
        public static readonly Func<T> Make = Choose();

        private static Func<T> Choose()
        {
            var type = typeof(T);
            if (type.IsValueType)
                return static () => default!;
            if (type.IsAbstract || type.IsArray || type == typeof(string))
                return static () => default!;
            return type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes) is null
                ? static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
                : static () => (T)Activator.CreateInstance(typeof(T), nonPublic: true)!;
        }
    }
}
