package io.bridgewatch.kubernetes.server;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An immutable map of objects in the order of their keys: a treap, so that a new version shares all
 * but a path of {@code log n} nodes with the one before. Old versions stay readable, which is what
 * makes pages of one list agree with each other.
 *
 * <p>The priority of a node is a hash of its key: the same objects give the same tree, whatever
 * order they came in.
 */
final class ObjectTree {
  static final ObjectTree EMPTY = new ObjectTree(Node.NONE);

  private final Node root;

  private ObjectTree(Node root) {
    this.root = root;
  }

  int size() {
    return root.size;
  }

  Optional<StoredObject> find(String key) {
    var node = root;
    while (node != Node.NONE) {
      var order = key.compareTo(node.key);
      if (order == 0) {
        return Optional.of(node.object);
      }
      node = order < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  ObjectTree with(StoredObject object) {
    return new ObjectTree(put(root, new Node(object, Node.NONE, Node.NONE)));
  }

  ObjectTree without(String key) {
    return new ObjectTree(remove(root, key));
  }

  /** How many keys are smaller than the given one. */
  int rank(String key) {
    var rank = 0;
    var node = root;
    while (node != Node.NONE) {
      if (key.compareTo(node.key) <= 0) {
        node = node.left;
      } else {
        rank += node.left.size + 1;
        node = node.right;
      }
    }
    return rank;
  }

  /** Objects in order, from the first key that is not smaller than the given one. */
  Iterator<StoredObject> from(String key) {
    var path = new ArrayDeque<Node>();
    var node = root;
    while (node != Node.NONE) {
      if (key.compareTo(node.key) <= 0) {
        path.push(node);
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !path.isEmpty();
      }

      @Override
      public StoredObject next() {
        if (path.isEmpty()) {
          throw new NoSuchElementException();
        }
        var current = path.pop();
        for (var next = current.right; next != Node.NONE; next = next.left) {
          path.push(next);
        }
        return current.object;
      }
    };
  }

  private static Node put(Node tree, Node added) {
    if (tree == Node.NONE) {
      return added;
    }
    var order = added.key.compareTo(tree.key);
    if (order == 0) {
      return new Node(added.object, tree.left, tree.right);
    }
    if (order < 0) {
      var left = put(tree.left, added);
      return left.isAbove(tree)
          ? left.with(left.left, tree.with(left.right, tree.right))
          : tree.with(left, tree.right);
    }
    var right = put(tree.right, added);
    return right.isAbove(tree)
        ? right.with(tree.with(tree.left, right.left), right.right)
        : tree.with(tree.left, right);
  }

  private static Node remove(Node tree, String key) {
    if (tree == Node.NONE) {
      return tree;
    }
    var order = key.compareTo(tree.key);
    if (order == 0) {
      return join(tree.left, tree.right);
    }
    return order < 0
        ? tree.with(remove(tree.left, key), tree.right)
        : tree.with(tree.left, remove(tree.right, key));
  }

  /** One tree of two, where each key of the first is smaller than each of the second. */
  private static Node join(Node left, Node right) {
    if (left == Node.NONE) {
      return right;
    }
    if (right == Node.NONE) {
      return left;
    }
    return left.isAbove(right)
        ? left.with(left.left, join(left.right, right))
        : right.with(join(left, right.left), right.right);
  }

  private static final class Node {
    static final Node NONE = new Node();

    final String key;
    final StoredObject object;
    final Node left;
    final Node right;
    final int size;
    final int priority;

    private Node() {
      key = "";
      object = new StoredObject("", 0, new byte[0], 0, Map.of(), Map.of());
      left = this;
      right = this;
      size = 0;
      priority = Integer.MIN_VALUE;
    }

    Node(StoredObject object, Node left, Node right) {
      this(object.key(), object, left, right, scatter(object.key().hashCode()));
    }

    private Node(String key, StoredObject object, Node left, Node right, int priority) {
      this.key = key;
      this.object = object;
      this.left = left;
      this.right = right;
      this.size = left.size + right.size + 1;
      this.priority = priority;
    }

    Node with(Node newLeft, Node newRight) {
      return new Node(key, object, newLeft, newRight, priority);
    }

    boolean isAbove(Node other) {
      return priority > other.priority
          || (priority == other.priority && key.compareTo(other.key) < 0);
    }

    /** The finaliser of MurmurHash3: neighbouring hashes give unrelated priorities. */
    private static int scatter(int hash) {
      var h = hash;
      h ^= h >>> 16;
      h *= 0x85ebca6b;
      h ^= h >>> 13;
      h *= 0xc2b2ae35;
      return h ^ (h >>> 16);
    }
  }
}
